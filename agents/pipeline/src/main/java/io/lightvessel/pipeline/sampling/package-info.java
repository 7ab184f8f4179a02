/** The probabilistic sampler: consistent decisions by randomness that traces carry, or by hashes. */
@NullMarked
package io.lightvessel.pipeline.sampling;

import org.jspecify.annotations.NullMarked;

/** The processors that come with the engine. */
@NullMarked
package io.lightvessel.pipeline.processor;

import org.jspecify.annotations.NullMarked;

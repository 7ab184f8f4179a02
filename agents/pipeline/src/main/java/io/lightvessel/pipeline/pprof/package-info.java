/** Profiles in pprof's format, and the requests they travel to Pyroscope in. */
@NullMarked
package io.lightvessel.pipeline.pprof;

import org.jspecify.annotations.NullMarked;

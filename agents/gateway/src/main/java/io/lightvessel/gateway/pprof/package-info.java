/** The {@code pprof} receiver: pulls profiles from targets. */
@NullMarked
package io.lightvessel.gateway.pprof;

import org.jspecify.annotations.NullMarked;

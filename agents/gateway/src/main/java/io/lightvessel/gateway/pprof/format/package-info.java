/** The pprof format on the wire: checking profiles, taking differences of them, and the messages that carry them. */
@NullMarked
package io.lightvessel.gateway.pprof.format;

import org.jspecify.annotations.NullMarked;

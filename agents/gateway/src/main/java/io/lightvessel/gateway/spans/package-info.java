/** Spans of other protocols on their way to OTLP: their parts, and how they are written. */
@NullMarked
package io.lightvessel.gateway.spans;

import org.jspecify.annotations.NullMarked;

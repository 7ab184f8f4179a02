/** Zipkin's span format, version 2, in JSON and protobuf. */
@NullMarked
package io.lightvessel.gateway.zipkin;

import org.jspecify.annotations.NullMarked;

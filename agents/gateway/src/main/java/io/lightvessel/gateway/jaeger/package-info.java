/** Jaeger's span format, in protobuf and Thrift. */
@NullMarked
package io.lightvessel.gateway.jaeger;

import org.jspecify.annotations.NullMarked;

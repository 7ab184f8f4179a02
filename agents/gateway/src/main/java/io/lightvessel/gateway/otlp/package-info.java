/** OTLP over gRPC and HTTP: the receiver and both exporters. */
@NullMarked
package io.lightvessel.gateway.otlp;

import org.jspecify.annotations.NullMarked;

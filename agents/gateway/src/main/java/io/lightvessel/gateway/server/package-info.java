/** Servers for receivers that clients push to: listeners, gRPC and HTTP calls, admission. Knows nothing of OTLP. */
@NullMarked
package io.lightvessel.gateway.server;

import org.jspecify.annotations.NullMarked;

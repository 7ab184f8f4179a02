/** A client that can send illegal things: HTTP/1.1 over sockets, and gRPC over HTTP/2 frames. */
@NullMarked
package io.lightvessel.conformance.client;

import org.jspecify.annotations.NullMarked;

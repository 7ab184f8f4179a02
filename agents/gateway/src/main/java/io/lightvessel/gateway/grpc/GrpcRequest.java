package io.lightvessel.gateway.grpc;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One unary call to make.
 *
 * @param message the bytes of the request message; the client takes over one reference
 * @param packed whether they are gzipped
 * @param whenDone called exactly once, on the connection's event loop
 */
public record GrpcRequest(
        String path, ByteBuf message, boolean packed, Duration timeout, Consumer<GrpcOutcome> whenDone) {}

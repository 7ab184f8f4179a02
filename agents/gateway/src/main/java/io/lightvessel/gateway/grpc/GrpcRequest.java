package io.lightvessel.gateway.grpc;

import io.lightvessel.gateway.net.BodyEncoding;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One unary call to make.
 *
 * @param message the bytes of the request message; the channel takes over one reference
 * @param encoding how they are packed
 * @param headers to send instead of the channel's own, for credentials that change; null for the channel's
 * @param whenDone called exactly once, on the connection's event loop
 */
public record GrpcRequest(
        String path,
        ByteBuf message,
        BodyEncoding encoding,
        Duration timeout,
        @Nullable Map<String, String> headers,
        Consumer<GrpcOutcome> whenDone) {}

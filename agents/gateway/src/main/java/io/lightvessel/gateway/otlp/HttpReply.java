package io.lightvessel.gateway.otlp;

import io.lightvessel.gateway.grpc.GrpcStatus;
import io.lightvessel.gateway.grpc.RpcStatus;
import io.lightvessel.pipeline.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What OTLP/HTTP answers, in the request's own content type.
 *
 * @param retryAfter becomes the Retry-After header
 */
record HttpReply(
        int status, boolean json, byte[] body, @Nullable Duration retryAfter) {
    static final String JSON = "application/json";
    static final String PROTOBUF = "application/x-protobuf";

    private static final HttpReply SUCCESS_PROTOBUF = new HttpReply(200, false, new byte[0], null);
    private static final HttpReply SUCCESS_JSON = new HttpReply(200, true, "{}".getBytes(StandardCharsets.UTF_8), null);

    static HttpReply success(boolean json) {
        return json ? SUCCESS_JSON : SUCCESS_PROTOBUF;
    }

    static HttpReply refusal(Refusal refusal, boolean json) {
        return error(
                Answers.httpStatus(refusal),
                Answers.grpcStatus(refusal),
                refusal.message(),
                Answers.retryDelay(refusal),
                json);
    }

    static HttpReply error(int status, String message, boolean json) {
        GrpcStatus grpc = switch (status) {
            case 404 -> GrpcStatus.NOT_FOUND;
            case 408 -> GrpcStatus.DEADLINE_EXCEEDED;
            case 500 -> GrpcStatus.INTERNAL;
            default -> GrpcStatus.INVALID_ARGUMENT;
        };
        return error(status, grpc, message, null, json);
    }

    private static HttpReply error(
            int status, GrpcStatus grpc, String message, @Nullable Duration retryAfter, boolean json) {
        byte[] body = json
                ? RpcStatus.json(grpc, message).getBytes(StandardCharsets.UTF_8)
                : RpcStatus.protobuf(grpc, message, retryAfter);
        return new HttpReply(status, json, body, retryAfter);
    }

    FullHttpResponse toResponse() {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, json ? JSON : PROTOBUF);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        Duration delay = retryAfter;
        if (delay != null) {
            // Whole seconds are all the header can say; zero would mean at once.
            response.headers()
                    .set(
                            HttpHeaderNames.RETRY_AFTER,
                            Math.max(1, delay.plusMillis(999).toSeconds()));
        }
        if (status == 405) {
            response.headers().set(HttpHeaderNames.ALLOW, "POST");
        }
        return response;
    }
}

package io.lightvessel.gateway.server;

import io.lightvessel.gateway.grpc.GrpcStatus;
import io.lightvessel.pipeline.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an HTTP request failed.
 *
 * @param grpcStatus the status the same failure has in gRPC, for protocols whose error bodies name one
 * @param message one sentence for people; never a secret
 * @param retryAfter set whenever the client is to come back
 */
public record HttpFault(
        int status,
        GrpcStatus grpcStatus,
        String message,
        @Nullable Duration retryAfter) {

    static HttpFault of(int status, String message) {
        GrpcStatus grpc = switch (status) {
            case 401 -> GrpcStatus.UNAUTHENTICATED;
            case 404 -> GrpcStatus.NOT_FOUND;
            case 413, 431 -> GrpcStatus.RESOURCE_EXHAUSTED;
            case 500 -> GrpcStatus.INTERNAL;
            default -> GrpcStatus.INVALID_ARGUMENT;
        };
        return new HttpFault(status, grpc, message, null);
    }

    static HttpFault of(Refusal refusal) {
        return new HttpFault(
                Statuses.http(refusal), Statuses.grpc(refusal), refusal.message(), Statuses.retryDelay(refusal));
    }
}

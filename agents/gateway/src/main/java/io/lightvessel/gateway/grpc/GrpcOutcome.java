package io.lightvessel.gateway.grpc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param retryDelay from the server's RetryInfo; null when there was none
 * @param response the message of a successful call
 */
public record GrpcOutcome(
        GrpcStatus status, String message, @Nullable Duration retryDelay, byte[] response) {

    static GrpcOutcome failed(GrpcStatus status, String message) {
        return new GrpcOutcome(status, message, null, new byte[0]);
    }

    public boolean isRetryable() {
        return status.isRetryable(retryDelay != null);
    }
}

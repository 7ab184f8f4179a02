package io.lightvessel.gateway.server;

import io.lightvessel.gateway.grpc.GrpcStatus;
import io.lightvessel.pipeline.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts refusals into the terms of gRPC and HTTP: which gRPC status, which HTTP status, when to try again. */
final class Statuses {
    private static final Duration SOON = Duration.ofSeconds(1);

    private Statuses() {}

    static GrpcStatus grpc(Refusal refusal) {
        if (refusal.isRetryable()) {
            return GrpcStatus.UNAVAILABLE;
        }
        return switch (refusal.reason()) {
            case MALFORMED -> GrpcStatus.INVALID_ARGUMENT;
            case TOO_LARGE -> GrpcStatus.RESOURCE_EXHAUSTED;
            case NO_PIPELINE -> GrpcStatus.UNIMPLEMENTED;
            case MEMORY_LIMIT,
                    QUEUE_FULL,
                    STORAGE_FAILURE,
                    SHUTTING_DOWN,
                    TOO_SLOW,
                    BACKEND_REFUSED,
                    PERMANENT_FAILURE,
                    PARTIAL_REJECTION,
                    NOT_CONVERTIBLE,
                    RETRIES_EXHAUSTED,
                    RETRY_DISABLED,
                    SHUTDOWN,
                    CORRUPTED,
                    FILTERED,
                    SAMPLED,
                    RATE_LIMITED,
                    UNREADABLE,
                    STATEMENT_FAILED,
                    COMPONENT_FAILURE -> GrpcStatus.INTERNAL;
        };
    }

    static int http(Refusal refusal) {
        if (refusal.isRetryable()) {
            return 503;
        }
        return switch (grpc(refusal)) {
            case INVALID_ARGUMENT -> 400;
            case RESOURCE_EXHAUSTED -> 413;
            case UNIMPLEMENTED -> 404;
            default -> 500;
        };
    }

    /** Never null for what can be retried: a producer that is not told when comes back at once. */
    static @Nullable Duration retryDelay(Refusal refusal) {
        if (!refusal.isRetryable()) {
            return null;
        }
        Duration asked = refusal.retryAfter();
        return asked == null ? SOON : asked;
    }
}

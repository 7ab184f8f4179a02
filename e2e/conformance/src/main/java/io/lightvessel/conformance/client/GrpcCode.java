package io.lightvessel.conformance.client;

/** The status codes of gRPC, and which of them OTLP has clients retry. */
public enum GrpcCode {
    OK(false),
    CANCELLED(true),
    UNKNOWN(false),
    INVALID_ARGUMENT(false),
    DEADLINE_EXCEEDED(true),
    NOT_FOUND(false),
    ALREADY_EXISTS(false),
    PERMISSION_DENIED(false),
    /** Only with RetryInfo. */
    RESOURCE_EXHAUSTED(false),
    FAILED_PRECONDITION(false),
    ABORTED(true),
    OUT_OF_RANGE(true),
    UNIMPLEMENTED(false),
    INTERNAL(false),
    UNAVAILABLE(true),
    DATA_LOSS(true),
    UNAUTHENTICATED(false);

    private final boolean retryable;

    GrpcCode(boolean retryable) {
        this.retryable = retryable;
    }

    public boolean isRetryable() {
        return retryable;
    }
}

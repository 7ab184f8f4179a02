package io.lightvessel.access;

import io.lightvessel.platform.ErrorCode;
import io.lightvessel.platform.ErrorType;

/** Why someone, or a request of theirs, is not let in. */
public enum AccessError implements ErrorCode {
    API_TOKEN_MISSING(ErrorType.UNAUTHENTICATED, "API token missing"),
    API_TOKEN_INVALID(ErrorType.UNAUTHENTICATED, "API token not valid"),
    API_TOKEN_EXPIRED(ErrorType.UNAUTHENTICATED, "API token expired"),
    API_TOKEN_REVOKED(ErrorType.UNAUTHENTICATED, "API token revoked"),
    OPERATOR_TOKEN_INVALID(ErrorType.UNAUTHENTICATED, "Operator token not valid"),
    RATE_EXCEEDED(ErrorType.LIMIT, "Too many requests"),
    API_TOKEN_ORPHANED(ErrorType.UNAUTHENTICATED, "API token of nobody"),
    API_TOKEN_NOT_FOUND(ErrorType.NOT_FOUND, "API token not found"),
    MEMBER_NOT_FOUND(ErrorType.NOT_FOUND, "Member not found"),
    MEMBER_EXISTS(ErrorType.CONFLICT, "Member exists"),
    IDEMPOTENCY_KEY_REUSED(ErrorType.INVALID, "Idempotency-Key used for another request"),
    IDEMPOTENT_REQUEST_UNDER_WAY(ErrorType.CONFLICT, "Request under way"),
    IDEMPOTENT_ANSWER_LOST(ErrorType.CONFLICT, "Answer cannot be read any more"),
    TOO_MANY_IDEMPOTENCY_KEYS(ErrorType.LIMIT, "Too many Idempotency-Keys"),
    LAST_OWNER(ErrorType.CONFLICT, "Last owner"),
    PERSON_UNKNOWN(ErrorType.INVALID, "Person unknown"),
    DIRECTORY_UNAVAILABLE(ErrorType.UNAVAILABLE, "Identity provider not available");

    private final ErrorType type;
    private final String title;

    AccessError(ErrorType type, String title) {
        this.type = type;
        this.title = title;
    }

    @Override
    public ErrorType type() {
        return type;
    }

    @Override
    public String title() {
        return title;
    }
}

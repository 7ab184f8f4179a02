package io.lightvessel.platform;

/** Whose fault a failure is, and with it the HTTP status that tells. */
public enum ErrorType {
    MALFORMED(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    CONFLICT(409),
    STALE(412),
    TOO_LARGE(413),
    INVALID(422),
    PRECONDITION_MISSING(428),
    LIMIT(429),
    INTERNAL(500),
    UNAVAILABLE(503);

    private final int status;

    ErrorType(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}

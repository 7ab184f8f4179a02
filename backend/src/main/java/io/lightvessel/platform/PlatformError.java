package io.lightvessel.platform;

/** What can be wrong with any request, whatever its feature. */
public enum PlatformError implements ErrorCode {
    MALFORMED_REQUEST(ErrorType.MALFORMED, "Malformed request"),
    INVALID_FIELDS(ErrorType.INVALID, "Invalid fields"),
    NOT_FOUND(ErrorType.NOT_FOUND, "Not found"),
    IF_MATCH_MISSING(ErrorType.PRECONDITION_MISSING, "If-Match header missing"),
    STALE(ErrorType.STALE, "Changed meanwhile"),
    KEYS_ELSEWHERE(ErrorType.CONFLICT, "Sealing keys kept elsewhere"),
    BODY_TOO_LARGE(ErrorType.TOO_LARGE, "Body too large"),
    INTERNAL(ErrorType.INTERNAL, "Internal error");

    private final ErrorType type;
    private final String title;

    PlatformError(ErrorType type, String title) {
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

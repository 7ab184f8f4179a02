package io.lightvessel.audit;

import io.lightvessel.platform.ErrorCode;
import io.lightvessel.platform.ErrorType;

/** What can be wrong with asking for the audit log. */
public enum AuditError implements ErrorCode {
    AUDIT_FORMAT_UNKNOWN(ErrorType.MALFORMED, "Export format not known");

    private final ErrorType type;
    private final String title;

    AuditError(ErrorType type, String title) {
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

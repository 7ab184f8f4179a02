package io.lightvessel.tenancy;

import io.lightvessel.platform.ErrorCode;
import io.lightvessel.platform.ErrorType;

/** What can be wrong with a tenant. */
public enum TenancyError implements ErrorCode {
    TENANT_NOT_FOUND(ErrorType.NOT_FOUND, "Tenant not found"),
    TENANT_SLUG_INVALID(ErrorType.INVALID, "Invalid tenant slug"),
    TENANT_EXISTS(ErrorType.CONFLICT, "Tenant exists"),
    ROLE_MISSING(ErrorType.FORBIDDEN, "Role missing"),
    QUOTA_EXCEEDED(ErrorType.CONFLICT, "Quota exceeded");

    private final ErrorType type;
    private final String title;

    TenancyError(ErrorType type, String title) {
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

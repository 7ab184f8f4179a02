package io.lightvessel.render;

import io.lightvessel.platform.ErrorCode;
import io.lightvessel.platform.ErrorType;

/** What can be wrong with a request to render. */
public enum RenderError implements ErrorCode {
    RENDER_TARGET_UNKNOWN(ErrorType.MALFORMED, "Unknown render target"),
    RENDER_ROLE_MISSING(ErrorType.MALFORMED, "Role missing or unknown");

    private final ErrorType type;
    private final String title;

    RenderError(ErrorType type, String title) {
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

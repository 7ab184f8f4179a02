package io.lightvessel.fleet;

import io.lightvessel.platform.ErrorCode;
import io.lightvessel.platform.ErrorType;

/** What can be wrong with a question about agents. */
public enum FleetError implements ErrorCode {
    AGENT_NOT_FOUND(ErrorType.NOT_FOUND, "Agent not found"),
    FILTER_INVALID(ErrorType.MALFORMED, "Invalid filter");

    private final ErrorType type;
    private final String title;

    FleetError(ErrorType type, String title) {
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

package io.lightvessel.stack;

import io.lightvessel.platform.ErrorCode;
import io.lightvessel.platform.ErrorType;

/** What can be wrong with a stack. */
public enum StackError implements ErrorCode {
    STACK_INVALID(ErrorType.INVALID, "Invalid stack"),
    STACK_MALFORMED(ErrorType.MALFORMED, "Malformed stack"),
    STACK_STALE(ErrorType.STALE, "Stack changed meanwhile"),
    STACK_MANAGED(ErrorType.CONFLICT, "Managed elsewhere"),
    STACK_NOT_SAVED(ErrorType.NOT_FOUND, "No stack saved yet"),
    REVISION_NOT_FOUND(ErrorType.NOT_FOUND, "Revision not found"),
    BLUEPRINT_NOT_FOUND(ErrorType.NOT_FOUND, "Blueprint not found"),
    BLUEPRINT_EXISTS(ErrorType.CONFLICT, "Blueprint exists already"),
    BLUEPRINT_IN_USE(ErrorType.CONFLICT, "Blueprint in use"),
    BLUEPRINT_INVALID(ErrorType.INVALID, "Invalid blueprint"),
    DRAFT_NOT_FOUND(ErrorType.NOT_FOUND, "Draft not found"),
    DRAFT_STALE(ErrorType.STALE, "Draft changed meanwhile"),
    TOO_MANY_DRAFTS(ErrorType.LIMIT, "Too many drafts"),
    NOT_INHERITING(ErrorType.NOT_FOUND, "Stack inherits from no blueprint"),
    APPROVAL_OWN(ErrorType.FORBIDDEN, "Own work"),
    APPROVAL_NEEDS_PERSON(ErrorType.FORBIDDEN, "Nobody answers for it"),
    APPROVAL_STALE(ErrorType.STALE, "Stack changed meanwhile"),
    APPROVAL_NOT_PENDING(ErrorType.CONFLICT, "Nothing to approve"),
    STACK_SETTINGS_STALE(ErrorType.STALE, "Settings changed meanwhile"),
    BLUEPRINT_STALE(ErrorType.STALE, "Blueprint changed meanwhile");

    private final ErrorType type;
    private final String title;

    StackError(ErrorType type, String title) {
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

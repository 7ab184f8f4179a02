package io.lightvessel.stack;

import io.lightvessel.platform.LightvesselException;

/** Somebody else saved first; what was sent is kept as a draft. */
public final class StaleStackException extends LightvesselException {
    private final transient Draft draft;

    StaleStackException(String message, Draft draft) {
        super(StackError.STACK_STALE, "%s It is kept as draft %s.".formatted(message, draft.id()));
        this.draft = draft;
    }

    public Draft draft() {
        return draft;
    }
}

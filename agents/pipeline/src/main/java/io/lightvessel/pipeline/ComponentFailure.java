package io.lightvessel.pipeline;

import org.jspecify.annotations.Nullable;

/** Says in one sentence why a component cannot start, for example that its port is taken. */
public final class ComponentFailure extends Exception {

    private static final long serialVersionUID = 1L;

    public ComponentFailure(String message) {
        this(message, null);
    }

    public ComponentFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package io.lightvessel.agent.state;

/** Says in one sentence what is wrong with the state directory and what to do about it. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateException(String message) {
        super(message);
    }

    StateException(String message, Throwable cause) {
        super(message, cause);
    }
}

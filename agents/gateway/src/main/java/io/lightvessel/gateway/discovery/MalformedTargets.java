package io.lightvessel.gateway.discovery;

/** A list of targets that cannot be read; the message says what was found and what was expected. */
final class MalformedTargets extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedTargets(String message) {
        super(message);
    }
}

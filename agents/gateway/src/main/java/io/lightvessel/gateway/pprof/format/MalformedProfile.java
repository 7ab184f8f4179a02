package io.lightvessel.gateway.pprof.format;

/** Bytes that are not a valid profile; says what was found, where, and what was expected. */
public final class MalformedProfile extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedProfile(String message) {
        super(message);
    }
}

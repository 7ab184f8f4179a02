package io.lightvessel.gateway.net;

/** Says that a body is larger, packed or unpacked, than its limit. */
public final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    public TooLarge(String message) {
        super(message, null, false, false);
    }
}

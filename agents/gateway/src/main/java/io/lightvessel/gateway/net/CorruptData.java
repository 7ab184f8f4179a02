package io.lightvessel.gateway.net;

/** Says what is wrong with a compressed body. */
public final class CorruptData extends Exception {
    private static final long serialVersionUID = 1L;

    public CorruptData(String message) {
        super(message, null, false, false);
    }
}

package io.lightvessel.gateway.codec;

/** Compressed bytes are not what their format demands; the message says where, what was found and what was expected. */
public final class CorruptStream extends Exception {
    private static final long serialVersionUID = 1L;

    CorruptStream(String message) {
        super(message);
    }

    CorruptStream(long offset, String message) {
        super("byte " + offset + ": " + message);
    }
}

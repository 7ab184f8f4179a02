package io.lightvessel.wire;

/** Says why a WebSocket frame is not an acceptable OpAMP message. */
public final class FrameException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    FrameException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What is wrong, with the WebSocket close code that tells the peer so. */
    public enum Reason {
        MALFORMED(1007),
        TOO_LARGE(1009);

        private final int closeCode;

        Reason(int closeCode) {
            this.closeCode = closeCode;
        }

        public int closeCode() {
            return closeCode;
        }
    }
}

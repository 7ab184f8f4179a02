package io.lightvessel.platform;

/** The control plane will not start like this; the message is one sentence saying why and what to do. */
public class StartupRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartupRefused(String message) {
        super(message);
    }

    public StartupRefused(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.lightvessel.gateway.discovery.kubernetes.monitors;

/** A monitor that cannot be used, with a sentence that says where and what was expected; never holds a secret. */
public class InvalidMonitorException extends Exception {

    private static final long serialVersionUID = 1;

    public InvalidMonitorException(String message) {
        super(message);
    }
}

package io.lightvessel.gateway.discovery.kubernetes.monitors;

/** A monitor that cannot be used yet, since something it refers to is still being read. */
public final class PendingReferenceException extends InvalidMonitorException {

    private static final long serialVersionUID = 1;

    public PendingReferenceException(String message) {
        super(message);
    }
}

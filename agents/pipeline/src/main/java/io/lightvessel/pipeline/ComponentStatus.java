package io.lightvessel.pipeline;

/** The state of a component, named as the Collector names it. */
public enum ComponentStatus {
    STARTING("StatusStarting", true),
    OK("StatusOK", true),
    RECOVERABLE_ERROR("StatusRecoverableError", false),
    PERMANENT_ERROR("StatusPermanentError", false),
    STOPPED("StatusStopped", false);

    private final String label;
    private final boolean healthy;

    ComponentStatus(String label, boolean healthy) {
        this.label = label;
        this.healthy = healthy;
    }

    public String label() {
        return label;
    }

    public boolean isHealthy() {
        return healthy;
    }
}

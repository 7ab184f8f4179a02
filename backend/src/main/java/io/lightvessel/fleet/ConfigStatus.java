package io.lightvessel.fleet;

/** Whether an agent runs the configuration it should. A separate axis from {@link HealthStatus}. */
public enum ConfigStatus {
    /** Runs what its cluster's stack says. */
    IN_SYNC,
    /** Was offered something newer, or will be when it connects. */
    PENDING,
    /** Runs something else although it had the time to change. */
    DRIFTED,
    /** Tried to apply the configuration and could not. */
    FAILED,
    /** Takes no configuration from here, or there is none for it. */
    NONE
}

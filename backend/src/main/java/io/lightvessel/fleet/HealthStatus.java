package io.lightvessel.fleet;

/** Whether an agent works. A separate axis from {@link ConfigStatus}; the two are never merged. */
public enum HealthStatus {
    /** Connected, and every component of it is healthy. */
    HEALTHY,
    /** Connected, but some component is not healthy. */
    DEGRADED,
    /** Gone for longer than the grace period, or stopped. */
    DOWN,
    /** Enrolled, but never connected with its own credential. */
    WAITING,
    /** Just disconnected, or silent about its health. */
    UNKNOWN
}

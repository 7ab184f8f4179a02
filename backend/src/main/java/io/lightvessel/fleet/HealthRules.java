package io.lightvessel.fleet;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Derives an agent's health from what is known of it. */
final class HealthRules {
    private HealthRules() {}

    /**
     * What is known.
     *
     * @param everConnected with its own credential
     * @param goodbye whether the agent said that it was stopping
     * @param disconnectedAt when the last connection ended; null while there is one
     * @param tree what it last reported; null when it never did
     */
    record Facts(
            boolean everConnected,
            boolean goodbye,
            @Nullable Instant disconnectedAt,
            boolean reportsHealth,
            @Nullable ComponentHealth tree) {}

    /** A status with its reason. */
    record Verdict(HealthStatus status, String reason) {}

    static Verdict judge(Facts facts, Instant now, Duration grace) {
        if (!facts.everConnected()) {
            return new Verdict(HealthStatus.WAITING, "Enrolled, but has not connected with its credential yet");
        }
        Instant gone = facts.disconnectedAt();
        if (gone != null) {
            if (facts.goodbye()) {
                return new Verdict(HealthStatus.DOWN, "Was stopped: it said goodbye");
            }
            return now.isBefore(gone.plus(grace))
                    ? new Verdict(
                            HealthStatus.UNKNOWN,
                            "Connection lost; counts as down if it does not return within " + grace.toSeconds() + " s")
                    : new Verdict(HealthStatus.DOWN, "No connection for more than " + grace.toSeconds() + " s");
        }
        ComponentHealth tree = facts.tree();
        if (tree == null) {
            return new Verdict(
                    HealthStatus.UNKNOWN,
                    facts.reportsHealth() ? "Connected, health not reported yet" : "Connected, but reports no health");
        }
        String complaint = HealthTrees.complaint(tree);
        return complaint == null
                ? new Verdict(HealthStatus.HEALTHY, "Connected, all components healthy")
                : new Verdict(HealthStatus.DEGRADED, complaint);
    }
}

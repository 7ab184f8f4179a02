package io.lightvessel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final ComponentHealth HEALTHY = part("", true, "");

    private static ComponentHealth part(String name, boolean healthy, String error, ComponentHealth... parts) {
        return new ComponentHealth(name, healthy, "", error, null, List.of(parts));
    }

    private static HealthRules.Verdict judge(
            boolean everConnected, boolean goodbye, Instant disconnectedAt, ComponentHealth tree) {
        return HealthRules.judge(new HealthRules.Facts(everConnected, goodbye, disconnectedAt, true, tree), NOW, GRACE);
    }

    @Test
    void anAgentThatNeverConnectedIsWaitedFor() {
        assertThat(judge(false, false, null, null))
                .isEqualTo(new HealthRules.Verdict(
                        HealthStatus.WAITING, "Enrolled, but has not connected with its credential yet"));
    }

    @Test
    void aConnectedAgentWithAHealthyTreeIsHealthy() {
        assertThat(judge(true, false, null, HEALTHY).status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void theDeepestUnhealthyPartIsTheReason() {
        ComponentHealth tree = part(
                "",
                false,
                "",
                part("logs", true, ""),
                part("traces", false, "", part("exporter/otlp", false, "unavailable: tempo:4317")));
        assertThat(judge(true, false, null, tree))
                .isEqualTo(new HealthRules.Verdict(
                        HealthStatus.DEGRADED, "traces / exporter/otlp: unavailable: tempo:4317"));
    }

    @Test
    void anUnhealthyPartDegradesEvenUnderAHealthyRoot() {
        assertThat(judge(true, false, null, part("", true, "", part("logs", false, ""))))
                .isEqualTo(new HealthRules.Verdict(HealthStatus.DEGRADED, "logs: not healthy"));
    }

    @Test
    void aLostConnectionIsUnknownForTheGracePeriodAndDownThen() {
        assertThat(judge(true, false, NOW.minusSeconds(29), HEALTHY).status()).isEqualTo(HealthStatus.UNKNOWN);
        assertThat(judge(true, false, NOW.minusSeconds(30), HEALTHY))
                .isEqualTo(new HealthRules.Verdict(HealthStatus.DOWN, "No connection for more than 30 s"));
    }

    @Test
    void aGoodbyeIsDownAtOnce() {
        assertThat(judge(true, true, NOW, HEALTHY))
                .isEqualTo(new HealthRules.Verdict(HealthStatus.DOWN, "Was stopped: it said goodbye"));
    }

    @Test
    void silenceAboutHealthIsUnknown() {
        assertThat(judge(true, false, null, null).reason()).isEqualTo("Connected, health not reported yet");
        assertThat(HealthRules.judge(new HealthRules.Facts(true, false, null, false, null), NOW, GRACE)
                        .reason())
                .isEqualTo("Connected, but reports no health");
    }
}

package io.lightvessel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConfigRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final DesiredConfig DESIRED = new DesiredConfig("receivers: {}", "aa".repeat(32), 7);
    private static final String OTHER = "bb".repeat(32);

    private static ConfigRules.Verdict judge(
            boolean connected, Instant offeredAt, String reportedHash, RemoteConfigStatuses status, String error) {
        return ConfigRules.judge(
                new ConfigRules.Facts(
                        true, connected, true, AgentRole.GATEWAY, DESIRED, offeredAt, reportedHash, status, error),
                NOW);
    }

    @Test
    void whatWasAppliedIsInSync() {
        assertThat(judge(true, null, DESIRED.hash(), RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, ""))
                .isEqualTo(new ConfigRules.Verdict(ConfigStatus.IN_SYNC, "Runs revision 7"));
    }

    @Test
    void whatIsBeingAppliedIsPending() {
        assertThat(judge(true, NOW, DESIRED.hash(), RemoteConfigStatuses.RemoteConfigStatuses_APPLYING, ""))
                .isEqualTo(new ConfigRules.Verdict(ConfigStatus.PENDING, "Is applying revision 7"));
    }

    @Test
    void whatCouldNotBeAppliedFailedWithItsReason() {
        assertThat(judge(true, NOW, DESIRED.hash(), RemoteConfigStatuses.RemoteConfigStatuses_FAILED, "port taken"))
                .isEqualTo(new ConfigRules.Verdict(ConfigStatus.FAILED, "Could not apply revision 7: port taken"));
    }

    @Test
    void anOfferIsPendingForAMinuteAndDriftThen() {
        assertThat(judge(true, NOW.minusSeconds(59), OTHER, RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, "")
                        .status())
                .isEqualTo(ConfigStatus.PENDING);
        assertThat(judge(true, NOW.minusSeconds(60), OTHER, RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, ""))
                .isEqualTo(new ConfigRules.Verdict(
                        ConfigStatus.DRIFTED, "Runs bbbbbbbbbbbb… (expected: aaaaaaaaaaaa…, revision 7)"));
        assertThat(judge(true, NOW.minusSeconds(60), null, RemoteConfigStatuses.RemoteConfigStatuses_UNSET, ""))
                .isEqualTo(new ConfigRules.Verdict(ConfigStatus.DRIFTED, "Was offered revision 7 and never answered"));
    }

    @Test
    void anAgentThatIsAwayGetsItWhenItReturns() {
        assertThat(judge(false, null, OTHER, RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, ""))
                .isEqualTo(new ConfigRules.Verdict(ConfigStatus.PENDING, "Gets revision 7 when it connects"));
    }

    @Test
    void whereThereIsNothingToRunThereIsNoDrift() {
        assertThat(none(true, AgentRole.COLLECTOR, null)).isEqualTo("The cluster has no stack for the role collector");
        assertThat(none(true, null, DESIRED)).isEqualTo("Names no role, so there is no configuration for it");
        assertThat(none(false, AgentRole.EDGE, DESIRED)).isEqualTo("Does not accept remote configuration");
    }

    private static String none(boolean accepts, AgentRole role, DesiredConfig desired) {
        ConfigRules.Verdict verdict = ConfigRules.judge(
                new ConfigRules.Facts(
                        true,
                        true,
                        accepts,
                        role,
                        desired,
                        null,
                        null,
                        RemoteConfigStatuses.RemoteConfigStatuses_UNSET,
                        ""),
                NOW);
        assertThat(verdict.status()).isEqualTo(ConfigStatus.NONE);
        return verdict.reason();
    }
}

package io.lightvessel.fleet;

import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Derives whether an agent runs what it should. */
final class ConfigRules {
    /** How long an agent may take before something else than the desired config counts as drift. */
    static final Duration SETTLING = Duration.ofSeconds(60);

    private static final int SHORT_HASH = 12;

    private ConfigRules() {}

    /**
     * What is known.
     *
     * @param accepts whether the agent takes remote configuration
     * @param offeredAt when the desired config was offered over the present connection
     * @param reportedHash of the config the agent last spoke about
     */
    record Facts(
            boolean everConnected,
            boolean connected,
            boolean accepts,
            @Nullable AgentRole role,
            @Nullable DesiredConfig desired,
            @Nullable Instant offeredAt,
            @Nullable String reportedHash,
            RemoteConfigStatuses reportedStatus,
            String reportedError) {}

    /** A status with its reason. */
    record Verdict(ConfigStatus status, String reason) {}

    static Verdict judge(Facts facts, Instant now) {
        if (facts.everConnected() && !facts.accepts()) {
            return new Verdict(ConfigStatus.NONE, "Does not accept remote configuration");
        }
        if (facts.role() == null) {
            return new Verdict(ConfigStatus.NONE, "Names no role, so there is no configuration for it");
        }
        DesiredConfig desired = facts.desired();
        if (desired == null) {
            return new Verdict(
                    ConfigStatus.NONE,
                    "The cluster has no stack for the role " + facts.role().wireName());
        }
        String revision = "revision " + desired.revision();
        if (desired.hash().equals(facts.reportedHash())) {
            return reported(facts, revision);
        }
        if (!facts.connected()) {
            return new Verdict(ConfigStatus.PENDING, "Gets " + revision + " when it connects");
        }
        Instant offered = facts.offeredAt();
        if (offered == null || now.isBefore(offered.plus(SETTLING))) {
            return new Verdict(ConfigStatus.PENDING, "Was offered " + revision);
        }
        return new Verdict(
                ConfigStatus.DRIFTED,
                facts.reportedHash() == null
                        ? "Was offered " + revision + " and never answered"
                        : "Runs " + abbreviated(facts.reportedHash()) + " (expected: " + abbreviated(desired.hash())
                                + ", " + revision + ")");
    }

    private static Verdict reported(Facts facts, String revision) {
        return switch (facts.reportedStatus()) {
            case RemoteConfigStatuses_APPLIED -> new Verdict(ConfigStatus.IN_SYNC, "Runs " + revision);
            case RemoteConfigStatuses_APPLYING -> new Verdict(ConfigStatus.PENDING, "Is applying " + revision);
            case RemoteConfigStatuses_FAILED ->
                new Verdict(
                        ConfigStatus.FAILED,
                        facts.reportedError().isEmpty()
                                ? "Could not apply " + revision + " and did not say why"
                                : "Could not apply " + revision + ": " + facts.reportedError());
            case RemoteConfigStatuses_UNSET, UNRECOGNIZED ->
                new Verdict(ConfigStatus.PENDING, "Has " + revision + ", but has not said what became of it");
        };
    }

    private static String abbreviated(@Nullable String hash) {
        if (hash == null) {
            return "nothing";
        }
        return hash.length() <= SHORT_HASH ? hash : hash.substring(0, SHORT_HASH) + "…";
    }
}

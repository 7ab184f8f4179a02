package io.lightvessel.fleet;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.fleet.opamp.Outlet;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.Capabilities;
import io.lightvessel.wire.FlowMessages;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.opamp.AgentCapabilities;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.RemoteConfigStatus;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one agent in memory: what it last said, over which connection, and what follows from it. Every method
 * takes the agent's own lock for a moment; nothing that can block is called under it.
 */
final class LiveAgent {
    /** Told to agents at enrolment, and the spec's default for those that were told nothing. */
    static final Duration HEARTBEAT = Duration.ofSeconds(30);

    // Most messages are heartbeats and flow reports; storing each would be most of the database's work.
    private static final Duration SAVE_LAST_SEEN_EVERY = Duration.ofSeconds(60);

    private static final int MISSED_HEARTBEATS = 3;
    private static final int MAX_REPORT_BYTES = 1 << 20;
    private static final int MAX_CONFIG_TEXT = 1 << 20;
    private static final int MAX_ERROR = 4096;
    private static final Logger log = LoggerFactory.getLogger(LiveAgent.class);

    private final AgentId id;
    private final TenantId tenant;
    private final ClusterId cluster;
    private final Instant enrolledAt;
    private final FlowTracker flow = new FlowTracker();
    private final Object deliveries = new Object();

    private InstanceUid uid;
    private Description description;
    private boolean described;
    private long capabilities;
    private Set<String> customCapabilities = Set.of();
    private long sequence = -1;

    private @Nullable Outlet outlet;
    private @Nullable Instant connectedAt;
    private @Nullable Instant disconnectedAt;
    private boolean goodbye;
    private @Nullable Instant lastSeen;

    private @Nullable String offeredHash;
    private @Nullable Instant offeredAt;
    private @Nullable String reportedHash;
    private RemoteConfigStatuses reportedStatus;
    private String reportedError;
    private @Nullable Instant configAppliedAt;
    private @Nullable String effectiveConfig;

    private @Nullable ComponentHealth components;
    private @Nullable Instant firstDataAt;

    private Health health;
    private ConfigState config;
    private boolean unsaved;
    private Instant savedAt;
    private boolean changed;

    LiveAgent(TenantId tenant, AgentRow row, Instant loadedAt) {
        this.id = row.id();
        this.tenant = tenant;
        this.cluster = row.cluster();
        this.enrolledAt = row.enrolledAt();
        this.uid = row.uid();
        this.description =
                new Description(row.name(), row.role(), row.own(), row.version(), row.host(), row.attributes());
        this.capabilities = row.capabilities();
        this.connectedAt = row.connectedAt();
        // Its connection ended with the process that held it.
        this.disconnectedAt =
                row.connectedAt() != null && row.disconnectedAt() == null ? loadedAt : row.disconnectedAt();
        this.goodbye = row.goodbye();
        this.lastSeen = row.lastSeen();
        this.reportedHash = row.reportedHash();
        this.reportedStatus = row.reportedStatus();
        this.reportedError = row.reportedError();
        this.configAppliedAt = row.configAppliedAt();
        this.effectiveConfig = row.effectiveConfig();
        this.components = row.components();
        this.firstDataAt = row.firstDataAt();
        this.health = row.health();
        this.savedAt = loadedAt;
        this.config = new ConfigState(
                row.configStatus(), row.configReason(), row.configSince(), null, null, row.reportedHash());
    }

    AgentId id() {
        return id;
    }

    TenantId tenant() {
        return tenant;
    }

    ClusterId cluster() {
        return cluster;
    }

    synchronized InstanceUid uid() {
        return uid;
    }

    synchronized void uid(InstanceUid changedUid) {
        uid = changedUid;
    }

    synchronized @Nullable AgentRole role() {
        return description.role();
    }

    synchronized boolean own() {
        return description.own();
    }

    /** Whether the agent announced a custom capability over its connection. */
    synchronized boolean understands(String capability) {
        return customCapabilities.contains(capability);
    }

    /** Guards the sending of configs, which may take long, as opposed to this state. */
    Object deliveries() {
        return deliveries;
    }

    /** Whether it said that it was stopping, and has not come back. */
    synchronized boolean isStopped() {
        return goodbye && outlet == null;
    }

    /** The connection in use, unless there is none. */
    synchronized @Nullable Outlet outlet() {
        return outlet;
    }

    /** Takes up a connection and returns the one it replaces, for the caller to close. */
    synchronized @Nullable Outlet connect(Outlet fresh, Instant now) {
        Outlet old = outlet;
        outlet = fresh;
        if (old == null || fresh.transport() == TransportKind.WEBSOCKET) {
            connectedAt = now;
            offeredHash = null;
            offeredAt = null;
        }
        disconnectedAt = null;
        goodbye = false;
        lastSeen = now;
        touched();
        return old;
    }

    /** The given connection is gone; no news when another took its place. */
    synchronized void disconnect(Outlet gone, Instant now) {
        if (gone.equals(outlet)) {
            outlet = null;
            disconnectedAt = now;
            touched();
        }
    }

    /** Ends what did not end by itself: a poller that stopped polling, a connection that fell silent. */
    synchronized @Nullable Outlet dropIfSilent(Instant now) {
        Outlet current = outlet;
        Instant seen = lastSeen;
        boolean expected = current != null
                && (current.transport() == TransportKind.HTTP
                        || description.own()
                        || Capabilities.has(capabilities, AgentCapabilities.AgentCapabilities_ReportsHeartbeat));
        if (!expected || seen == null || now.isBefore(seen.plus(HEARTBEAT.multipliedBy(MISSED_HEARTBEATS)))) {
            return null;
        }
        outlet = null;
        disconnectedAt = now;
        touched();
        return current;
    }

    /**
     * Takes in a message.
     *
     * @return whether the agent has to report its full state, because messages were missed or never seen
     */
    synchronized boolean receive(AgentToServer message, boolean firstOnConnection, Instant now) {
        boolean gap = sequence >= 0 && message.getSequenceNum() != sequence + 1;
        sequence = message.getSequenceNum();
        lastSeen = now;
        if (now.isAfter(savedAt.plus(SAVE_LAST_SEEN_EVERY))) {
            unsaved = true;
        }
        if (message.getCapabilities() != 0) {
            capabilities = message.getCapabilities();
        }
        if (message.hasCustomCapabilities()) {
            customCapabilities = Set.copyOf(message.getCustomCapabilities().getCapabilitiesList());
        }
        if (message.hasAgentDescription()) {
            description = Description.of(message.getAgentDescription()).orRole(description.role());
            described = true;
            touched();
        }
        if (message.hasHealth()) {
            components = HealthTrees.read(message.getHealth());
            touched();
        }
        if (message.hasEffectiveConfig()) {
            effectiveConfig = EffectiveConfigs.text(message.getEffectiveConfig(), MAX_CONFIG_TEXT);
            touched();
        }
        if (message.hasRemoteConfigStatus()) {
            receive(message.getRemoteConfigStatus(), now);
        }
        if (message.hasCustomMessage()) {
            receiveFlow(message, now);
        }
        if (message.hasAgentDisconnect()) {
            goodbye = true;
            disconnectedAt = now;
            outlet = null;
            touched();
        }
        // A new process starts counting anew and says everything at once; that is no gap.
        boolean startsAnew = firstOnConnection && message.hasAgentDescription();
        return !described || (gap && !startsAnew);
    }

    private void receive(RemoteConfigStatus status, Instant now) {
        reportedHash = status.getLastRemoteConfigHash().isEmpty()
                ? null
                : HexFormat.of().formatHex(status.getLastRemoteConfigHash().toByteArray());
        reportedStatus = status.getStatus();
        reportedError = Texts.bounded(status.getErrorMessage(), MAX_ERROR);
        if (reportedStatus == RemoteConfigStatuses.RemoteConfigStatuses_APPLIED && configAppliedAt == null) {
            configAppliedAt = now;
        }
        touched();
    }

    private void receiveFlow(AgentToServer message, Instant now) {
        if (!FlowMessages.CAPABILITY.equals(message.getCustomMessage().getCapability())) {
            return;
        }
        if (message.getCustomMessage().getData().size() > MAX_REPORT_BYTES) {
            log.warn(
                    "agent {}: flow report of {} bytes ignored (expected: at most {})",
                    id,
                    message.getCustomMessage().getData().size(),
                    MAX_REPORT_BYTES);
            return;
        }
        try {
            FlowMessages.unwrap(message.getCustomMessage()).ifPresent(report -> flow.add(report, now));
        } catch (InvalidProtocolBufferException e) {
            log.warn("agent {}: malformed flow report ignored: {}", id, e.getMessage());
            return;
        }
        if (firstDataAt == null && flow.sawData()) {
            firstDataAt = now;
            unsaved = true;
        }
        changed = true;
    }

    /** Whether the config should be offered now; if so, it counts as offered. */
    synchronized boolean takeOffer(DesiredConfig desired, Instant now) {
        if (!Capabilities.has(capabilities, AgentCapabilities.AgentCapabilities_AcceptsRemoteConfig)
                || outlet == null
                || desired.hash().equals(reportedHash)
                || desired.hash().equals(offeredHash)) {
            return false;
        }
        offeredHash = desired.hash();
        offeredAt = now;
        touched();
        return true;
    }

    /** An offer that was taken could not be delivered. */
    synchronized void returnOffer() {
        offeredHash = null;
        offeredAt = null;
    }

    /** Draws the conclusions from facts and time, and returns the agent as it is now. */
    synchronized Agent view(@Nullable DesiredConfig desired, Instant now, Duration grace) {
        judge(desired, now, grace);
        return new Agent(
                id,
                tenant,
                cluster,
                description.name(),
                description.role(),
                description.own(),
                description.version(),
                description.host(),
                uid,
                outlet != null,
                outlet == null ? null : outlet.transport(),
                enrolledAt,
                connectedAt,
                lastSeen,
                configAppliedAt,
                firstDataAt,
                health,
                config,
                flow.rates(now),
                components == null ? List.of() : components.components(),
                description.attributes(),
                effectiveConfig);
    }

    synchronized AgentFlow flow(@Nullable DesiredConfig desired, Instant now, Duration grace) {
        return new AgentFlow(view(desired, now, grace), flow.sources(now), flow.destinations(now));
    }

    private void judge(@Nullable DesiredConfig desired, Instant now, Duration grace) {
        HealthRules.Verdict verdict = HealthRules.judge(
                new HealthRules.Facts(
                        connectedAt != null,
                        goodbye,
                        disconnectedAt,
                        Capabilities.has(capabilities, AgentCapabilities.AgentCapabilities_ReportsHealth),
                        components),
                now,
                grace);
        if (verdict.status() != health.status() || !verdict.reason().equals(health.reason())) {
            health = new Health(
                    verdict.status(), verdict.reason(), verdict.status() == health.status() ? health.since() : now);
            touched();
        }
        ConfigRules.Verdict sync = ConfigRules.judge(
                new ConfigRules.Facts(
                        connectedAt != null,
                        outlet != null,
                        Capabilities.has(capabilities, AgentCapabilities.AgentCapabilities_AcceptsRemoteConfig),
                        description.role(),
                        desired,
                        desired != null && desired.hash().equals(offeredHash) ? offeredAt : null,
                        reportedHash,
                        reportedStatus,
                        reportedError),
                now);
        ConfigState state = new ConfigState(
                sync.status(),
                sync.reason(),
                sync.status() == config.status() ? config.since() : now,
                desired == null ? null : desired.revision(),
                desired == null ? null : desired.hash(),
                reportedHash);
        if (!state.equals(config)) {
            config = state;
            touched();
        }
    }

    /** What to store, when there is anything new; asking makes it count as stored. */
    synchronized @Nullable AgentRow takeUnsaved(Instant now) {
        if (!unsaved) {
            return null;
        }
        unsaved = false;
        savedAt = now;
        return new AgentRow(
                id,
                cluster,
                uid,
                description.name(),
                description.role(),
                description.own(),
                description.version(),
                description.host(),
                description.attributes(),
                capabilities,
                enrolledAt,
                connectedAt,
                disconnectedAt,
                goodbye,
                lastSeen,
                components,
                health,
                reportedHash,
                reportedStatus,
                reportedError,
                config.status(),
                config.reason(),
                config.since(),
                configAppliedAt,
                firstDataAt,
                effectiveConfig);
    }

    synchronized void markUnsaved() {
        unsaved = true;
    }

    /** Whether anything changed that somebody may be looking at; asking makes it old news. */
    synchronized boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    private void touched() {
        unsaved = true;
        changed = true;
    }
}

package io.lightvessel.agent.link;

import com.google.protobuf.ByteString;
import io.lightvessel.agent.state.ConfigStore;
import io.lightvessel.agent.state.ConnectionStore;
import io.lightvessel.agent.state.StateException;
import io.lightvessel.agent.state.StoredConfig;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.ConfigVerdict;
import io.lightvessel.wire.ConfigVerifier;
import io.lightvessel.wire.RemoteConfigEntries;
import io.lightvessel.wire.SignedConfig;
import io.lightvessel.wire.TrustSettings;
import io.lightvessel.wire.opamp.AgentConfigObject;
import io.lightvessel.wire.opamp.AgentRemoteConfig;
import io.lightvessel.wire.opamp.RemoteConfigStatus;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about configs from the control plane, brings them into force one at a time and remembers the last good one.
 * While one is being applied, only the newest of those that arrive is kept.
 */
public final class RemoteConfigs {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteConfigs.class);

    private final ConfigStore store;
    private final ConnectionStore connections;
    private final AgentRole role;
    private final ManagedEngine engine;
    private final Clock clock;
    private final Duration retryInterval;
    private volatile Runnable listener = () -> {};

    private RemoteConfigStatus status = RemoteConfigStatus.getDefaultInstance();
    private @Nullable StoredConfig lastGood;
    private @Nullable StoredConfig waiting;
    private boolean applying;

    public RemoteConfigs(
            ConfigStore store, ConnectionStore connections, AgentRole role, ManagedEngine engine, Clock clock) {
        this(store, connections, role, engine, clock, Duration.ofSeconds(10));
    }

    RemoteConfigs(
            ConfigStore store,
            ConnectionStore connections,
            AgentRole role,
            ManagedEngine engine,
            Clock clock,
            Duration retryInterval) {
        this.store = store;
        this.connections = connections;
        this.role = role;
        this.engine = engine;
        this.clock = clock;
        this.retryInterval = retryInterval;
    }

    /** Applies the config on disk, if it is one that this agent may run; never fails, since a better one may come. */
    public synchronized void startFromDisk() {
        StoredConfig stored;
        try {
            stored = store.lastGood().orElse(null);
        } catch (StateException e) {
            LOG.error("{} It is kept as {}.", e.getMessage(), store.quarantineLastGood());
            return;
        }
        if (stored == null) {
            LOG.info("no config on disk yet, waiting for the control plane to send one");
            return;
        }
        // It was valid when it came; telemetry does not stop because the control plane is away for long.
        switch (verdict(stored, 0)) {
            case ConfigVerdict.Valid valid ->
                LOG.info("starting from revision {} on disk", valid.config().revision());
            case ConfigVerdict.Expired expired ->
                LOG.warn("starting from a config on disk although it expired at {}", expired.notAfter());
            case ConfigVerdict.Refused refused -> {
                LOG.error("the config on disk is not used: {}", refused.reason());
                return;
            }
        }
        switch (engine.apply(stored.yaml())) {
            case ManagedEngine.Outcome.Applied() -> {
                lastGood = stored;
                status = status(stored.hash(), RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, "");
            }
            case ManagedEngine.Outcome.AppliedInPart(String reason) -> {
                lastGood = stored;
                status = status(stored.hash(), RemoteConfigStatuses.RemoteConfigStatuses_FAILED, reason);
                LOG.error("the config on disk was started in part: {}", reason);
                keepTrying(stored);
            }
            case ManagedEngine.Outcome.Refused(String reason) -> {
                // It stays the floor for revisions: a failed start is no reason to accept an older config.
                lastGood = stored;
                status = status(stored.hash(), RemoteConfigStatuses.RemoteConfigStatuses_FAILED, reason);
                LOG.error("the config on disk could not be started: {}", reason);
                keepTrying(stored);
            }
        }
    }

    void onChange(Runnable newListener) {
        this.listener = newListener;
    }

    synchronized RemoteConfigStatus status() {
        return status;
    }

    /** Takes an offer; whatever comes of it shows in {@link #status}. */
    void offer(AgentRemoteConfig offer) {
        byte[] hash = offer.getConfigHash().toByteArray();
        StoredConfig config;
        try {
            config = read(offer, hash);
        } catch (IllegalArgumentException e) {
            fail(hash, String.valueOf(e.getMessage()));
            return;
        }
        switch (verdict(config, lowestRevision(config))) {
            case ConfigVerdict.Valid valid -> accept(config, valid.config());
            case ConfigVerdict.Refused refused -> fail(hash, refused.reason());
        }
    }

    private static StoredConfig read(AgentRemoteConfig offer, byte[] hash) {
        AgentConfigObject yaml = offer.getConfig().getConfigMapMap().get(RemoteConfigEntries.YAML);
        AgentConfigObject signature = offer.getConfig().getConfigMapMap().get(RemoteConfigEntries.SIGNATURE);
        if (yaml == null) {
            throw new IllegalArgumentException("config refused: no entry \"\" in its config map (expected: the YAML)");
        }
        if (signature == null) {
            throw new IllegalArgumentException("config refused: it is not signed (expected: an entry "
                    + RemoteConfigEntries.SIGNATURE + " in its config map)");
        }
        try {
            return new StoredConfig(
                    yaml.getBody().toByteArray(),
                    hash,
                    SignedConfig.fromJson(signature.getBody().toByteArray()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("config refused: " + e.getMessage(), e);
        }
    }

    private ConfigVerdict verdict(StoredConfig config, long lowestRevision) {
        Optional<TrustSettings> trust = connections.current().map(settings -> settings.trust());
        if (trust.isEmpty()) {
            return new ConfigVerdict.UnknownKey(config.signature().keyId(), "none, this agent is not enrolled");
        }
        return new ConfigVerifier(trust.get(), role, clock).verify(config.signature(), config.yaml(), lowestRevision);
    }

    /** Revisions count per cluster and key: after enrolment elsewhere they start anew. */
    private synchronized long lowestRevision(StoredConfig offered) {
        if (lastGood == null) {
            return 0;
        }
        SignedConfig last = lastGood.signature();
        SignedConfig next = offered.signature();
        boolean sameOrigin = last.tenant().equals(next.tenant())
                && last.cluster().equals(next.cluster())
                && last.keyId().equals(next.keyId());
        return sameOrigin ? last.revision() : 0;
    }

    private void accept(StoredConfig config, SignedConfig signed) {
        synchronized (this) {
            if (!applying && isInForce(config)) {
                remember(config);
                listener.run();
                return;
            }
            status = status(config.hash(), RemoteConfigStatuses.RemoteConfigStatuses_APPLYING, "");
            waiting = config;
            if (!applying) {
                applying = true;
                Thread.ofVirtual().name("config-apply").start(this::applyWaiting);
            }
        }
        LOG.info("revision {} received, applying it", signed.revision());
        listener.run();
    }

    private boolean isInForce(StoredConfig config) {
        return lastGood != null
                && status.getStatus() == RemoteConfigStatuses.RemoteConfigStatuses_APPLIED
                && Arrays.equals(lastGood.yaml(), config.yaml());
    }

    /** The same text under a newer revision: nothing to apply, but the revision must not be forgotten. */
    private void remember(StoredConfig config) {
        try {
            store.saveCandidate(config);
            store.promoteCandidate();
            lastGood = config;
            status = status(config.hash(), RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, "");
        } catch (StateException e) {
            status = status(
                    config.hash(), RemoteConfigStatuses.RemoteConfigStatuses_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private void applyWaiting() {
        for (StoredConfig next = takeWaiting(); next != null; next = takeWaiting()) {
            RemoteConfigStatus result = apply(next);
            boolean inPart;
            synchronized (this) {
                if (waiting == null) {
                    status = result;
                }
                inPart = isToBeTriedAgain(next);
            }
            if (inPart) {
                keepTrying(next);
            }
            listener.run();
        }
    }

    private synchronized @Nullable StoredConfig takeWaiting() {
        StoredConfig next = waiting;
        waiting = null;
        applying = next != null;
        return next;
    }

    private RemoteConfigStatus apply(StoredConfig config) {
        try {
            store.saveCandidate(config);
            return switch (engine.apply(config.yaml())) {
                case ManagedEngine.Outcome.Applied() -> {
                    keep(config);
                    LOG.info("revision {} applied", config.signature().revision());
                    yield status(config.hash(), RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, "");
                }
                case ManagedEngine.Outcome.AppliedInPart(String reason) -> {
                    keep(config);
                    LOG.error(
                            "revision {} applied in part: {}",
                            config.signature().revision(),
                            reason);
                    yield status(config.hash(), RemoteConfigStatuses.RemoteConfigStatuses_FAILED, reason);
                }
                case ManagedEngine.Outcome.Refused(String reason) -> {
                    LOG.error(
                            "revision {} not applied, the one before stays: {}",
                            config.signature().revision(),
                            reason);
                    yield status(config.hash(), RemoteConfigStatuses.RemoteConfigStatuses_FAILED, reason);
                }
            };
        } catch (RuntimeException e) {
            LOG.error("revision {} not applied", config.signature().revision(), e);
            return status(
                    config.hash(),
                    RemoteConfigStatuses.RemoteConfigStatuses_FAILED,
                    e instanceof StateException ? String.valueOf(e.getMessage()) : "internal error: " + e);
        }
    }

    /** A port that is taken when the agent starts may be free later; nobody should have to restart the agent then. */
    private void keepTrying(StoredConfig config) {
        Thread.ofVirtual().name("config-retry").start(() -> {
            try {
                do {
                    Thread.sleep(retryInterval);
                } while (tryAgain(config));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whether it still has to be tried. */
    private boolean tryAgain(StoredConfig config) {
        synchronized (this) {
            boolean wanted = isToBeTriedAgain(config);
            if (!wanted || applying) {
                return wanted;
            }
            applying = true;
        }
        RemoteConfigStatus result = null;
        try {
            if (engine.apply(config.yaml()) instanceof ManagedEngine.Outcome.Applied) {
                result = status(config.hash(), RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, "");
                LOG.info("revision {} runs completely now", config.signature().revision());
            }
        } finally {
            synchronized (this) {
                if (result != null && waiting == null) {
                    status = result;
                }
            }
            applyWaiting();
        }
        listener.run();
        return result == null;
    }

    private synchronized boolean isToBeTriedAgain(StoredConfig config) {
        return config.equals(lastGood)
                && status.getStatus() == RemoteConfigStatuses.RemoteConfigStatuses_FAILED
                && status.getLastRemoteConfigHash().equals(ByteString.copyFrom(config.hash()));
    }

    private synchronized void keep(StoredConfig config) {
        store.promoteCandidate();
        lastGood = config;
    }

    private void fail(byte[] hash, String reason) {
        LOG.error("{} ({})", reason, HexFormat.of().formatHex(hash));
        synchronized (this) {
            status = status(hash, RemoteConfigStatuses.RemoteConfigStatuses_FAILED, reason);
        }
        listener.run();
    }

    private static RemoteConfigStatus status(byte[] hash, RemoteConfigStatuses status, String message) {
        return RemoteConfigStatus.newBuilder()
                .setLastRemoteConfigHash(ByteString.copyFrom(hash))
                .setStatus(status)
                .setErrorMessage(message)
                .build();
    }
}

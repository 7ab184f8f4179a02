package io.lightvessel.agent;

import io.lightvessel.agent.debug.AboutAgent;
import io.lightvessel.agent.debug.DebugServer;
import io.lightvessel.agent.debug.DebugSettings;
import io.lightvessel.agent.drain.DrainSocket;
import io.lightvessel.agent.engine.AgentEngine;
import io.lightvessel.agent.http.Endpoint;
import io.lightvessel.agent.http.HealthCheckFactory;
import io.lightvessel.agent.http.HealthPage;
import io.lightvessel.agent.http.ListenAddress;
import io.lightvessel.agent.http.MetricsPage;
import io.lightvessel.agent.state.StateDirectory;
import io.lightvessel.config.Environment;
import io.lightvessel.gateway.cluster.Clusters;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every running agent has, whoever configures it: the engine, its endpoints, and an end in good order. */
final class AgentProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);
    private static final String HEALTH_SETTING = "LIGHTVESSEL_HEALTH_ENDPOINT";
    private static final String METRICS_SETTING = "LIGHTVESSEL_METRICS_ENDPOINT";

    private final Components components = new Components();
    private final AgentEngine engine;
    private final Endpoint health;
    private final Endpoint metrics;
    private final Optional<DebugServer> debug;
    private @Nullable DrainSocket drains;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** @param notes for the health page, see {@link HealthPage} */
    AgentProcess(
            Identity identity,
            Map<String, String> environment,
            @Nullable Path storage,
            Supplier<Map<String, Optional<String>>> notes,
            Clock clock) {
        Instant started = clock.instant();
        String version = AgentVersion.get();
        String id = identity.uid().toString();
        List<Runnable> opened = new ArrayList<>();
        components.clusters().agentName(identity.name());
        try {
            Optional<DebugSettings> debugSettings = DebugSettings.of(environment);
            ListenAddress healthAddress = address(environment, HEALTH_SETTING, "0.0.0.0:13133");
            ListenAddress metricsAddress = address(environment, METRICS_SETTING, "0.0.0.0:8888");
            engine = new AgentEngine(
                    Engine.create(
                            EngineOptions.defaults(version, id),
                            components.factories(
                                    storage, List.of(new HealthCheckFactory(healthAddress, started, clock)))),
                    Environment.of(environment),
                    identity::describe,
                    started);
            opened.add(engine::close);
            health = Endpoint.open(
                    "health",
                    HEALTH_SETTING,
                    healthAddress,
                    new HealthPage(
                            engine::healthTree, () -> engine.effectiveConfig().isPresent(), notes, started, clock));
            opened.add(health::close);
            metrics = Endpoint.open("metrics", METRICS_SETTING, metricsAddress, new MetricsPage(engine::metrics));
            opened.add(metrics::close);
            AboutAgent about =
                    new AboutAgent(identity.name(), id, version, identity.role().orElse(""), started, notes);
            debug = debugSettings.isPresent()
                    ? openDebug(debugSettings.get(), engine, about, components.clusters(), clock)
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            opened.forEach(Runnable::run);
            components.close();
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    private static ListenAddress address(Map<String, String> environment, String setting, String otherwise) {
        return ListenAddress.parse(setting, environment.getOrDefault(setting, otherwise));
    }

    /** Nobody's telemetry should stop because another agent of the machine has the default port. */
    private static Optional<DebugServer> openDebug(
            DebugSettings settings, AgentEngine engine, AboutAgent about, Clusters clusters, Clock clock)
            throws IOException {
        try {
            return Optional.of(DebugServer.open(settings, engine, about, clusters::views, clock));
        } catch (IOException e) {
            if (settings.wanted()) {
                throw e;
            }
            LOG.warn("{} The agent runs without its debug UI.", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Lets whoever owns the state directory have the process hand over before it is told to stop. Without, for lack of a
     * file system with sockets for example, that happens when it is.
     */
    void drainOnRequest(StateDirectory state) {
        try {
            drains = DrainSocket.open(state.path(), components.clusters()::leave);
        } catch (IOException | RuntimeException e) {
            LOG.warn("no socket for 'lightvessel-agent drain' in {}: {}", state.path(), e.toString());
        }
    }

    /** Tells where the process's endpoints are, which matters when a port was left to be chosen. */
    void announce() {
        LOG.info(
                "health on port {}, metrics on port {}, debug UI {}",
                health.port(),
                metrics.port(),
                debug.map(server -> "on port " + server.port()).orElse("off"));
    }

    AgentEngine engine() {
        return engine;
    }

    /** Returns once the process was asked to stop. */
    void awaitStop() throws InterruptedException {
        Signals.onStop(stop::countDown);
        stop.await();
        LOG.info("stopping: handing over targets, passing on what is queued");
        // Before anything is stopped: a target's next owner begins where this replica ends.
        components.clusters().leave();
    }

    /** Stops taking telemetry, drains what is inside within the engine's grace, closes the endpoints. */
    @Override
    public void close() {
        if (drains != null) {
            drains.close();
        }
        debug.ifPresent(DebugServer::close);
        engine.close();
        components.close();
        metrics.close();
        health.close();
        LOG.info("stopped");
    }
}

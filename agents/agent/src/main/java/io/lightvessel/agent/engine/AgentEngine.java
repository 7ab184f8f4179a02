package io.lightvessel.agent.engine;

import io.lightvessel.agent.debug.Insight;
import io.lightvessel.agent.link.ManagedEngine;
import io.lightvessel.config.ComponentCatalog;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.ConfigRedactor;
import io.lightvessel.config.Environment;
import io.lightvessel.config.Finding;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineId;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ClusterMember;
import io.lightvessel.pipeline.EdgeWatch;
import io.lightvessel.pipeline.EdgeWatcher;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.FlowSnapshot;
import io.lightvessel.pipeline.MetricsWriter;
import io.lightvessel.pipeline.ProfileSource;
import io.lightvessel.pipeline.TargetSource;
import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.opamp.AgentDescription;
import io.lightvessel.wire.opamp.AvailableComponents;
import io.lightvessel.wire.opamp.ComponentHealth;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import io.lightvessel.wire.profiles.ProfilesQuery;
import io.lightvessel.wire.targets.TargetsAnswer;
import io.lightvessel.wire.targets.TargetsQuery;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipeline engine with a config's text in front of it: parses, applies, and keeps what is in force. */
public final class AgentEngine implements ManagedEngine, Insight, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentEngine.class);

    private final Engine engine;
    private final Environment environment;
    private final Function<Map<String, String>, AgentDescription> describe;
    private final Instant started;
    private volatile @Nullable String effective;
    private volatile @Nullable PipelineConfig running;

    /** @param describe makes the agent's description from its listeners' endpoints by protocol */
    public AgentEngine(
            Engine engine,
            Environment environment,
            Function<Map<String, String>, AgentDescription> describe,
            Instant started) {
        this.engine = engine;
        this.environment = environment;
        this.describe = describe;
        this.started = started;
    }

    @Override
    public synchronized Outcome apply(byte[] yaml) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(yaml))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Outcome.Refused("config: " + yaml.length + " bytes that are no UTF-8 text");
        }
        return switch (ConfigParser.parse(text, environment)) {
            case ParseOutcome.Invalid(List<Finding> findings) -> new Outcome.Refused(sentences(findings));
            case ParseOutcome.Valid(PipelineConfig config, List<Finding> warnings) -> {
                warnings.forEach(warning -> LOG.warn("config: {}", warning));
                yield apply(text, config);
            }
        };
    }

    private Outcome apply(String text, PipelineConfig config) {
        return switch (engine.apply(config)) {
            case ApplyOutcome.Applied(List<ApplyOutcome.BrokenPipeline> broken) -> {
                effective = ConfigRedactor.redact(text);
                running = config;
                yield broken.isEmpty() ? new Outcome.Applied() : new Outcome.AppliedInPart(brokenSentences(broken));
            }
            // The reason holds what the findings say.
            case ApplyOutcome.Refused(String reason, List<Finding> _) -> new Outcome.Refused(reason);
        };
    }

    @Override
    public Optional<String> effectiveConfig() {
        return Optional.ofNullable(effective);
    }

    @Override
    public ComponentHealth health() {
        return HealthMapper.toWire(engine.health(), started);
    }

    @Override
    public FlowReport flow() {
        return FlowMapper.toWire(engine.flow());
    }

    @Override
    public TargetsAnswer targets(TargetsQuery query) {
        return TargetsMapper.answer(query, engine.targetSources(), engine.clusterStatus());
    }

    @Override
    public ProfilesAnswer profiles(ProfilesQuery query) {
        return ProfilesMapper.answer(query, engine.profileSources());
    }

    @Override
    public Map<ComponentId, ProfileSource> profileSources() {
        return engine.profileSources();
    }

    @Override
    public Map<ComponentId, TargetSource> targetSources() {
        return engine.targetSources();
    }

    @Override
    public Optional<ClusterMember.Status> clusterStatus() {
        return engine.clusterStatus();
    }

    /** The endpoints of the first receiver of each protocol, since the description has room for one. */
    @Override
    public AgentDescription description() {
        Map<String, String> byProtocol = new HashMap<>();
        engine.endpoints().entrySet().stream()
                .filter(receiver -> receiver.getKey().type().equals("otlp"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(receiver -> receiver.getValue().forEach(byProtocol::putIfAbsent));
        return describe.apply(byProtocol);
    }

    @Override
    public AvailableComponents availableComponents() {
        return AvailableComponentsMapper.toWire(ComponentCatalog.all());
    }

    @Override
    public io.lightvessel.pipeline.ComponentHealth healthTree() {
        return engine.health();
    }

    @Override
    public MetricsWriter metrics() {
        return engine.metrics();
    }

    @Override
    public Optional<PipelineConfig> runningConfig() {
        return Optional.ofNullable(running);
    }

    @Override
    public FlowSnapshot flowSnapshot() {
        return engine.flow();
    }

    @Override
    public ByteBudget budget() {
        return engine.budget();
    }

    @Override
    public Map<ComponentId, Map<String, String>> endpoints() {
        return engine.endpoints();
    }

    @Override
    public Optional<EdgeWatch> watch(PipelineId pipeline, String from, String to, EdgeWatcher watcher) {
        return engine.watch(pipeline, from, to, watcher);
    }

    @Override
    public void close() {
        engine.close();
    }

    private static String sentences(List<Finding> findings) {
        return findings.stream().filter(Finding::isError).map(Finding::toString).collect(Collectors.joining("; "));
    }

    private static String brokenSentences(List<ApplyOutcome.BrokenPipeline> broken) {
        return broken.stream()
                .map(b -> "pipeline " + b.pipeline() + " does not run: " + b.component() + ": " + b.reason())
                .collect(Collectors.joining("; "));
    }
}

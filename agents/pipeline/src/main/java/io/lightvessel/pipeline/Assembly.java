package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.Finding;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineSpec;
import io.lightvessel.config.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The change from one config to the next: prepares what the new one needs beside what runs, and then either puts it in
 * charge or gives it up. Components with equal settings, and pipelines of which nothing changed, are kept.
 */
final class Assembly {

    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

    private record Part(ComponentKind kind, ComponentId id) {
        @Override
        public String toString() {
            return kind.label() + "/" + id;
        }
    }

    private final Means means;
    private final ComponentFactories factories;
    private final GraphSlot slot;
    private final Running before;
    private final PipelineConfig config;

    private final ExtensionSet extensions;
    private final Map<Part, String> failures = new LinkedHashMap<>();
    private final List<ApplyOutcome.BrokenPipeline> broken = new ArrayList<>();
    private final Map<ComponentId, ExporterNode> exporters = new HashMap<>();
    private final Map<ExporterInstance, Prepared<Exporter>> newExporters = new LinkedHashMap<>();
    private final List<Pipeline> pipelines = new ArrayList<>();
    private final Map<Pipeline, List<Prepared<Processor>>> newProcessors = new LinkedHashMap<>();
    private final Map<ComponentId, ReceiverNode> receivers = new HashMap<>();
    private final Map<ReceiverNode, Prepared<Receiver>> newReceivers = new LinkedHashMap<>();

    Assembly(Means means, ComponentFactories factories, GraphSlot slot, Running before, PipelineConfig config) {
        this.means = means;
        this.factories = factories;
        this.slot = slot;
        this.before = before;
        this.config = config;
        this.extensions = new ExtensionSet(means, factories, before.extensions());
    }

    /** Prepares everything that can be; {@link #failures} tells what cannot. */
    void prepare() {
        config.extensions().values().forEach(extensions::prepare);
        extensions.failures().forEach((id, reason) -> failures.put(new Part(ComponentKind.EXTENSION, id), reason));
        for (PipelineSpec spec : config.pipelines()) {
            for (ComponentId exporter : spec.exporters()) {
                if (!exporters.containsKey(exporter)
                        && !failures.containsKey(new Part(ComponentKind.EXPORTER, exporter))) {
                    prepareExporter(component(ComponentKind.EXPORTER, exporter));
                }
            }
        }
        config.pipelines().forEach(this::preparePipeline);
        Set<ComponentId> tried = new HashSet<>();
        for (Pipeline pipeline : List.copyOf(pipelines)) {
            for (ComponentId receiver : pipeline.spec().receivers()) {
                if (tried.add(receiver)) {
                    prepareReceiver(component(ComponentKind.RECEIVER, receiver));
                }
            }
        }
        giveUpPipelinesWithoutTheirReceivers();
        giveUpWhatNoPipelineNeeds();
    }

    private ComponentConfig component(ComponentKind kind, ComponentId id) {
        return config.component(kind, id)
                .orElseThrow(() -> new IllegalArgumentException(kind.label() + " " + id
                        + " is used but not defined (expected: a config that passed its checks)"));
    }

    private void prepareExporter(ComponentConfig wanted) {
        ExporterNode node = before.exporters().get(wanted.id());
        if (node != null && node.instance().config().equals(wanted)) {
            attempt(ComponentKind.EXPORTER, wanted.id(), () -> {
                node.instance().storage().open(node.instance(), signalsOf(wanted.id()), node, means);
                exporters.put(wanted.id(), node);
            });
            return;
        }
        ExporterInstance instance = new ExporterInstance(wanted, means, extensions);
        attempt(ComponentKind.EXPORTER, wanted.id(), () -> {
            instance.storage().open(instance, signalsOf(wanted.id()), node, means);
            @Nullable Exporter previous = node == null ? null : node.instance().exporter();
            Prepared<Exporter> prepared = factories
                    .exporter(wanted.id().type())
                    .orElseThrow(() -> missing(ComponentKind.EXPORTER, wanted.id()))
                    .prepare(instance, wanted.settings(), previous);
            instance.run(prepared.component());
            newExporters.put(instance, prepared);
            exporters.put(wanted.id(), node != null ? node : new ExporterNode(means, instance));
        });
        if (!newExporters.containsKey(instance)) {
            instance.storage().abort();
        }
    }

    private Set<Signal> signalsOf(ComponentId exporter) {
        return config.pipelines().stream()
                .filter(spec -> spec.exporters().contains(exporter))
                .map(PipelineSpec::signal)
                .collect(Collectors.toSet());
    }

    private void preparePipeline(PipelineSpec spec) {
        for (ComponentId exporter : spec.exporters()) {
            String failure = failures.get(new Part(ComponentKind.EXPORTER, exporter));
            if (failure != null) {
                broken.add(new ApplyOutcome.BrokenPipeline(spec.id().toString(), "exporter/" + exporter, failure));
                return;
            }
        }
        List<ComponentConfig> processors = spec.processors().stream()
                .map(id -> component(ComponentKind.PROCESSOR, id))
                .toList();
        List<ExporterNode> targets = spec.exporters().stream()
                .map(id -> Objects.requireNonNull(exporters.get(id)))
                .toList();
        for (Pipeline old : before.graph().pipelines()) {
            if (old.spec().equals(spec)
                    && old.exporters().equals(targets)
                    && old.processors().stream()
                            .map(ProcessorNode::config)
                            .toList()
                            .equals(processors)) {
                pipelines.add(old);
                return;
            }
        }
        PipelineBuilder builder = new PipelineBuilder(means, extensions, spec, targets);
        try {
            Pipeline pipeline = builder.build(processors, factories);
            pipelines.add(pipeline);
            newProcessors.put(pipeline, builder.prepared());
        } catch (ComponentFailure | RuntimeException e) {
            builder.prepared().forEach(Prepared::abort);
            ComponentId failed = processors
                    .get(processors.size() - 1 - builder.prepared().size())
                    .id();
            String reason = fail(ComponentKind.PROCESSOR, failed, e);
            broken.add(new ApplyOutcome.BrokenPipeline(spec.id().toString(), "processor/" + failed, reason));
        }
    }

    private void prepareReceiver(ComponentConfig wanted) {
        ReceiverNode previous = before.receivers().get(wanted.id());
        if (previous != null && previous.config().equals(wanted)) {
            receivers.put(wanted.id(), previous);
            return;
        }
        ReceiverNode node = new ReceiverNode(wanted, means, slot, extensions);
        attempt(ComponentKind.RECEIVER, wanted.id(), () -> {
            Prepared<Receiver> prepared = factories
                    .receiver(wanted.id().type())
                    .orElseThrow(() -> missing(ComponentKind.RECEIVER, wanted.id()))
                    .prepare(node, wanted.settings(), previous == null ? null : previous.receiver());
            node.run(prepared.component());
            newReceivers.put(node, prepared);
            receivers.put(wanted.id(), node);
        });
    }

    private interface Attempt {
        void run() throws ComponentFailure;
    }

    private void attempt(ComponentKind kind, ComponentId id, Attempt attempt) {
        try {
            attempt.run();
        } catch (ComponentFailure | RuntimeException e) {
            fail(kind, id, e);
        }
    }

    private String fail(ComponentKind kind, ComponentId id, Exception failure) {
        if (failure instanceof RuntimeException) {
            LOG.error("{} {}: preparing it threw, which its contract forbids", kind.label(), id, failure);
        }
        String reason = failure instanceof ComponentFailure
                ? Objects.requireNonNullElse(failure.getMessage(), "no reason given")
                : failure.toString();
        failures.put(new Part(kind, id), reason);
        return reason;
    }

    private static ComponentFailure missing(ComponentKind kind, ComponentId id) {
        return new ComponentFailure("this agent is built without the " + kind.label() + " " + id.type());
    }

    private void giveUpPipelinesWithoutTheirReceivers() {
        for (Pipeline pipeline : List.copyOf(pipelines)) {
            for (ComponentId receiver : pipeline.spec().receivers()) {
                String failure = failures.get(new Part(ComponentKind.RECEIVER, receiver));
                if (failure != null) {
                    pipelines.remove(pipeline);
                    newProcessors.getOrDefault(pipeline, List.of()).forEach(Prepared::abort);
                    newProcessors.remove(pipeline);
                    String name = pipeline.spec().id().toString();
                    broken.add(new ApplyOutcome.BrokenPipeline(name, "receiver/" + receiver, failure));
                    break;
                }
            }
        }
    }

    private void giveUpWhatNoPipelineNeeds() {
        Set<ComponentId> neededExporters = new HashSet<>();
        Set<ComponentId> neededReceivers = new HashSet<>();
        for (Pipeline pipeline : pipelines) {
            neededExporters.addAll(pipeline.spec().exporters());
            neededReceivers.addAll(pipeline.spec().receivers());
        }
        exporters.keySet().retainAll(neededExporters);
        receivers.keySet().retainAll(neededReceivers);
        newExporters.entrySet().removeIf(entry -> {
            boolean needed = neededExporters.contains(entry.getKey().id());
            if (!needed) {
                entry.getValue().abort();
                entry.getKey().storage().abort();
                entry.getKey().metricsScope().close();
            }
            return !needed;
        });
        newReceivers.entrySet().removeIf(entry -> {
            boolean needed = neededReceivers.contains(entry.getKey().id());
            if (!needed) {
                entry.getValue().abort();
                entry.getKey().metricsScope().close();
            }
            return !needed;
        });
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    boolean hasPipelines() {
        return !pipelines.isEmpty();
    }

    List<ApplyOutcome.BrokenPipeline> broken() {
        return broken;
    }

    /** The failures as one sentence and as findings. */
    ApplyOutcome.Refused refusal() {
        List<String> sentences = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        failures.forEach((part, reason) -> {
            sentences.add(part + ": " + reason);
            String path = part.kind().section() + "::" + part.id();
            findings.add(new Finding(Finding.Severity.ERROR, path, reason, null));
        });
        return new ApplyOutcome.Refused(String.join("; ", sentences), findings);
    }

    /** Gives up all that was prepared; what runs is untouched. */
    void abort() {
        newReceivers.forEach((node, prepared) -> {
            prepared.abort();
            node.metricsScope().close();
        });
        newProcessors.forEach((pipeline, processors) -> {
            processors.forEach(Prepared::abort);
            pipeline.processors().forEach(ProcessorNode::closeMetrics);
        });
        newExporters.forEach((instance, prepared) -> {
            prepared.abort();
            instance.storage().abort();
            instance.metricsScope().close();
        });
        exporters.values().forEach(node -> node.instance().storage().abort());
        extensions.abort();
    }

    /** What is in charge after {@link #commit}. */
    record Committed(Running running, Retirement retirement) {}

    /** Puts the new graph in charge; what it replaces still has to be retired. */
    Committed commit() {
        extensions.commit();
        Map<ExporterInstance, ExporterInstance> replaced = new LinkedHashMap<>();
        newExporters.forEach((instance, prepared) -> {
            commit("exporter " + instance.id(), prepared, instance.healthCell());
            ExporterNode node = before.exporters().get(instance.id());
            if (node != null) {
                replaced.put(node.replace(instance), instance);
            }
        });
        exporters.values().forEach(ExporterNode::takeStorage);
        newProcessors.forEach((pipeline, processors) -> {
            String name = "processors of " + pipeline.spec().id();
            for (int i = 0; i < processors.size(); i++) {
                commit(
                        name,
                        processors.get(i),
                        pipeline.processors().get(processors.size() - 1 - i).healthCell());
            }
        });
        Graph graph = new Graph(pipelines, receivers.keySet());
        slot.replace(graph);
        newReceivers.forEach((node, prepared) -> commit("receiver " + node.id(), prepared, node.healthCell()));
        return new Committed(
                new Running(
                        graph,
                        receivers,
                        exporters,
                        extensions.nodes(),
                        broken,
                        means.timer().now()),
                retirement(replaced));
    }

    static void commit(String name, Prepared<?> prepared, HealthCell health) {
        try {
            prepared.commit();
            health.started();
        } catch (RuntimeException e) {
            LOG.error("{}: failed to start, which its contract forbids", name, e);
            health.broken("failed to start: " + e);
        }
    }

    private Retirement retirement(Map<ExporterInstance, ExporterInstance> replaced) {
        Map<ReceiverNode, List<ReceiverNode>> oldReceivers = new LinkedHashMap<>();
        before.receivers().forEach((id, node) -> {
            ReceiverNode successor = receivers.get(id);
            if (successor != node) {
                oldReceivers.put(node, successor == null ? List.of() : List.of(successor));
            }
        });
        List<Pipeline> oldPipelines = before.graph().pipelines().stream()
                .filter(old -> pipelines.stream().noneMatch(kept -> kept.equals(old)))
                .toList();
        List<ExporterNode> oldExporters = before.exporters().values().stream()
                .filter(node -> exporters.get(node.id()) != node)
                .toList();
        return new Retirement(
                before.graph(), oldReceivers, oldPipelines, oldExporters, replaced, extensions.replaced());
    }
}

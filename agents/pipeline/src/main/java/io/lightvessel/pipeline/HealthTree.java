package io.lightvessel.pipeline;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the health of components together to that of pipelines and of the whole. */
final class HealthTree {

    private static final Comparator<Map.Entry<String, ComponentHealth>> WORST =
            Comparator.comparing(entry -> entry.getValue().status());

    private HealthTree() {}

    static ComponentHealth of(Running running, LedgerWatch ledgers, KeptOnDisk kept) {
        SortedMap<String, ComponentHealth> pipelines = new TreeMap<>();
        for (Pipeline pipeline : running.graph().pipelines()) {
            pipelines.put(
                    "pipeline:" + pipeline.spec().id(),
                    summary(childrenOf(pipeline, running, ledgers), running.since()));
        }
        for (ApplyOutcome.BrokenPipeline broken : running.broken()) {
            String message = broken.component() + ": " + broken.reason();
            pipelines.put(
                    "pipeline:" + broken.pipeline(),
                    ComponentHealth.leaf(ComponentStatus.PERMANENT_ERROR, message, running.since()));
        }
        if (!running.extensions().isEmpty()) {
            SortedMap<String, ComponentHealth> extensions = new TreeMap<>();
            running.extensions()
                    .forEach((id, node) ->
                            extensions.put("extension:" + id, node.healthCell().health()));
            pipelines.put("extensions", summary(extensions, running.since()));
        }
        kept.health().ifPresent(health -> pipelines.put("storage", health));
        return summary(pipelines, running.since());
    }

    private static SortedMap<String, ComponentHealth> childrenOf(
            Pipeline pipeline, Running running, LedgerWatch ledgers) {
        SortedMap<String, ComponentHealth> children = new TreeMap<>();
        pipeline.spec().receivers().forEach(id -> {
            ReceiverNode receiver = running.receivers().get(id);
            if (receiver != null) {
                children.put("receiver:" + id, receiver.healthCell().health());
            }
        });
        for (ProcessorNode processor : pipeline.processors()) {
            children.put("processor:" + processor.id(), processor.healthCell().health());
        }
        for (ExporterNode exporter : pipeline.exporters()) {
            ComponentHealth own = exporter.instance().healthCell().health();
            ComponentHealth lane = exporter.lane(pipeline.spec().signal()).health();
            children.put("exporter:" + exporter.id(), own.status().compareTo(lane.status()) >= 0 ? own : lane);
        }
        ledgers.imbalanceOf(pipeline.spec().id()).ifPresent(health -> children.put("ledger", health));
        return children;
    }

    private static ComponentHealth summary(SortedMap<String, ComponentHealth> children, Instant start) {
        List<Map.Entry<String, ComponentHealth>> sick = children.entrySet().stream()
                .filter(entry -> !entry.getValue().healthy())
                .sorted(WORST.reversed())
                .toList();
        if (sick.isEmpty()) {
            Instant since = children.values().stream()
                    .map(ComponentHealth::since)
                    .max(Comparator.naturalOrder())
                    .orElse(start);
            return new ComponentHealth(ComponentStatus.OK, null, since, children);
        }
        ComponentHealth worst = sick.getFirst().getValue();
        @Nullable String error = worst.lastError();
        String message = sick.getFirst().getKey() + ": "
                + (error == null ? worst.status().label() : error);
        return new ComponentHealth(worst.status(), message, worst.since(), children);
    }
}

package io.lightvessel.render.otelcol;

import io.lightvessel.render.pipeline.Pipeline;
import io.lightvessel.render.pipeline.RolePlan;
import io.lightvessel.render.pipeline.Source;
import io.lightvessel.render.pipeline.Step;
import io.lightvessel.render.text.Tree;
import io.lightvessel.render.text.Yaml;
import io.lightvessel.wire.AgentRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** A Collector's config in the making; each section in the order in which its parts came. */
final class CollectorDocument {
    private final RolePlan plan;
    private final Map<String, Object> receivers = new LinkedHashMap<>();
    private final Map<String, Object> processors = new LinkedHashMap<>();
    private final Map<String, Object> exporters = new LinkedHashMap<>();
    private final Map<String, Object> extensions = new LinkedHashMap<>();
    private final Map<String, Object> pipelines = new LinkedHashMap<>();

    CollectorDocument(RolePlan plan) {
        this.plan = plan;
    }

    String receiver(String id, Map<String, Object> settings) {
        receivers.put(id, settings);
        return id;
    }

    /** A step of pipelines that begin with the source; an edge has what both roles do, each with its own attributes. */
    String step(Step step, Source first) {
        boolean second = plan.role() == AgentRole.EDGE && first instanceof Source.PodLogs;
        String type = ProcessorYaml.type(step);
        String id = second && step instanceof Step.SetAttributes ? type + "/pods" : type;
        processors.put(id, ProcessorYaml.settings(step));
        return id;
    }

    String processor(String id, Map<String, Object> settings) {
        processors.put(id, settings);
        return id;
    }

    String exporter(String id, Map<String, Object> settings) {
        exporters.put(id, settings);
        return id;
    }

    void extension(String id, Map<String, Object> settings) {
        extensions.put(id, settings);
    }

    /** Whether anything is fetched, so that replicas have something to share. */
    boolean fetches() {
        return receivers.containsKey("prometheus") || receivers.containsKey("pprof");
    }

    void pipeline(Pipeline pipeline, List<String> from, List<String> steps, List<String> to) {
        String signal = pipeline.signal().label();
        put(
                switch (pipeline.first()) {
                    case Source.Otlp _, Source.Jaeger _, Source.Zipkin _, Source.ProfilePull _ -> signal;
                    case Source.Scrape _ -> signal + "/scrape";
                    case Source.PodLogs _ -> plan.role() == AgentRole.EDGE ? signal + "/pods" : signal;
                    case Source.NodeProfiles _ -> signal + "/node";
                },
                from,
                steps,
                to);
    }

    private void put(String id, List<String> from, List<String> steps, List<String> to) {
        Map<String, Object> pipeline = Tree.of("receivers", from);
        if (!steps.isEmpty()) {
            pipeline.put("processors", steps);
        }
        pipeline.put("exporters", to);
        pipelines.put(id, pipeline);
    }

    /** No Collector starts without a pipeline, so a role with nothing to do follows a file that cannot exist. */
    void idleIfEmpty() {
        if (pipelines.isEmpty()) {
            put(
                    "logs/nothing",
                    List.of(receiver("filelog/nothing", Tree.of("include", List.of("/dev/null/nothing")))),
                    List.of(),
                    List.of(exporter("debug", Map.of())));
        }
    }

    /** The types of the components in use, by the section they are in. */
    Map<String, SortedSet<String>> types() {
        Map<String, SortedSet<String>> types = new LinkedHashMap<>();
        tree().forEach((section, parts) -> {
            if (!section.equals("service") && parts instanceof Map<?, ?> components) {
                SortedSet<String> names = new TreeSet<>();
                components.keySet().forEach(id -> names.add(id.toString().replaceFirst("/.*", "")));
                types.put(section, names);
            }
        });
        return types;
    }

    Map<String, Object> tree() {
        Map<String, Object> document = Tree.of("receivers", receivers);
        if (!processors.isEmpty()) {
            document.put("processors", processors);
        }
        document.put("exporters", exporters);
        Map<String, Object> service = new LinkedHashMap<>();
        if (!extensions.isEmpty()) {
            document.put("extensions", extensions);
            service.put("extensions", List.copyOf(extensions.keySet()));
        }
        service.put("pipelines", pipelines);
        document.put("service", service);
        return document;
    }

    String text() {
        return Yaml.write(
                List.of(
                        "Cluster %s, role %s."
                                .formatted(plan.facts().cluster(), plan.role().wireName()),
                        "Rendered by Lightvessel from the cluster's stack: change the stack, not this text."),
                tree());
    }
}

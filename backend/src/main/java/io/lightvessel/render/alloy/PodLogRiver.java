package io.lightvessel.render.alloy;

import static io.lightvessel.render.pipeline.RelabelRule.copy;
import static io.lightvessel.render.pipeline.RelabelRule.drop;
import static io.lightvessel.render.pipeline.RelabelRule.keep;
import static io.lightvessel.render.pipeline.RelabelRule.replace;

import io.lightvessel.config.Signal;
import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.pipeline.Destination;
import io.lightvessel.render.pipeline.Pipeline;
import io.lightvessel.render.pipeline.RelabelRule;
import io.lightvessel.render.pipeline.Source;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.PodMetadata;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the tailing of pod logs: pods of the node, their files, lines to Loki or as OTLP. */
final class PodLogRiver {
    private static final String NAME = "pod_logs";
    private static final String POD = "__meta_kubernetes_pod_";
    private static final String NAMESPACE = "__meta_kubernetes_namespace";
    private static final String CONTAINER = POD + "container_name";
    private static final String CONFIG_HASH = POD + "annotation_kubernetes_io_config_hash";
    // As Loki names them when the same logs come by OTLP, so that queries stay the same.
    static final List<String> LABELS = List.of("k8s_namespace_name", "k8s_pod_name", "k8s_container_name");

    private final AlloyFile file;
    private final Exporters exporters;
    private final Fetching fetching;

    PodLogRiver(AlloyFile file, Exporters exporters, Fetching fetching) {
        this.file = file;
        this.exporters = exporters;
        this.fetching = fetching;
    }

    void write(Pipeline pipeline, Source.PodLogs source) {
        List<String> receivers = receivers(pipeline, source.logs().metadata());
        if (receivers.isEmpty()) {
            return;
        }
        String labelled = fetching.relabel(NAME, fetching.podsOfNode(source.path()), rules(source.logs()));
        String files = file.component(
                "local.file_match", NAME, block -> block.set("path_targets", new RiverValue.Expression(labelled)));
        file.component("loki.source.file", NAME, block -> {
            block.set("targets", new RiverValue.Expression(files + ".targets"));
            block.refer("forward_to", List.of("loki.process." + NAME + ".receiver"));
        });
        file.component("loki.process", NAME, block -> {
            block.refer("forward_to", receivers);
            LineStages.write(file, block, source.logs());
        });
    }

    private static List<RelabelRule> rules(PodLogs logs) {
        List<RelabelRule> rules = new ArrayList<>();
        if (!logs.includeNamespaces().isEmpty()) {
            rules.add(keep(NAMESPACE, String.join("|", logs.includeNamespaces())));
        }
        if (!logs.excludeNamespaces().isEmpty()) {
            rules.add(drop(NAMESPACE, String.join("|", logs.excludeNamespaces())));
        }
        logs.includeLabels().forEach((label, value) -> rules.add(keep(podLabel(label), RegexText.literal(value))));
        logs.excludeLabels().forEach((label, value) -> rules.add(drop(podLabel(label), RegexText.literal(value))));
        logs.includeAnnotations()
                .forEach((name, value) -> rules.add(keep(podAnnotation(name), RegexText.literal(value))));
        logs.excludeAnnotations()
                .forEach((name, value) -> rules.add(drop(podAnnotation(name), RegexText.literal(value))));
        rules.add(copy(NAMESPACE, LABELS.get(0)));
        rules.add(copy(POD + "name", LABELS.get(1)));
        rules.add(copy(CONTAINER, LABELS.get(2)));
        metadata(rules, "label_", logs.metadata().labels());
        metadata(rules, "annotation_", logs.metadata().annotations());
        String path = logs.path() + "/*$1/$2/*.log";
        rules.add(replace("__path__", path, "(.+);(.+)", POD + "uid", CONTAINER));
        // The kubelet names the directory of a static pod by the hash of its manifest.
        rules.add(replace("__path__", path, "(.+);(.+)", CONFIG_HASH, CONTAINER));
        return rules;
    }

    /** As labels until the lines are read; then they go beside the line, since Loki counts labels. */
    private static void metadata(List<RelabelRule> rules, String kind, List<String> names) {
        for (String name : names) {
            if (name.equals(PodMetadata.ALL)) {
                rules.add(new RelabelRule(List.of(), POD + kind + "(.+)", null, "k8s_pod_" + kind + "$1", "labelmap"));
            } else {
                rules.add(copy(POD + kind + labelName(name), "k8s_pod_" + kind + labelName(name)));
            }
        }
    }

    private static String podLabel(String label) {
        return POD + "label_" + labelName(label);
    }

    private static String podAnnotation(String annotation) {
        return POD + "annotation_" + labelName(annotation);
    }

    private static String labelName(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_");
    }

    private List<String> receivers(Pipeline pipeline, PodMetadata metadata) {
        List<String> receivers = new ArrayList<>();
        List<Destination> others = new ArrayList<>();
        for (Destination destination : pipeline.destinations()) {
            if (destination instanceof Destination.OtlpHttp to && Exporters.takesLines(to)) {
                LokiLabels labels = LokiLabels.of(file, pipeline.steps(), LABELS.size());
                receivers.add(exporters.lines(to, labels.batchWait(), labels.labels()));
            } else {
                others.add(destination);
            }
        }
        if (!others.isEmpty()) {
            otlp(new Pipeline(pipeline.signal(), pipeline.sources(), pipeline.steps(), others), metadata, receivers);
        }
        return receivers;
    }

    /** Lines become OTLP; what was a label goes back to the resource. */
    private void otlp(Pipeline pipeline, PodMetadata metadata, List<String> receivers) {
        OtlpFlow flow = new OtlpFlow(file, exporters, "_pods");
        List<String> first = flow.lay(pipeline);
        if (first.isEmpty()) {
            return;
        }
        String grouped = "otelcol.processor.groupbyattrs." + NAME + ".input";
        String named = "otelcol.processor.transform.pod_names.input";
        receivers.add(file.component(
                        "otelcol.receiver.loki",
                        NAME,
                        block -> block.block("output", OtlpFlow.output(logs(List.of(grouped)))))
                + ".receiver");
        file.component("otelcol.processor.groupbyattrs", NAME, block -> {
            block.set("keys", RiverValue.Items.verbatim(LABELS));
            block.block("output", OtlpFlow.output(logs(List.of(named))));
        });
        file.component("otelcol.processor.transform", "pod_names", block -> {
            block.verbatim("error_mode", "ignore");
            block.block(StepRiver.statements(Signal.LOGS), statements -> {
                statements.verbatim("context", "resource");
                statements.set(
                        "statements",
                        RiverValue.Items.verbatim(
                                LABELS.stream().flatMap(PodLogRiver::renamed).toList()));
            });
            block.block("output", OtlpFlow.output(logs(first)));
        });
        flow.write();
        if (!metadata.addsNothing()) {
            file.say(RenderFinding.differs(
                    "collector.podLogs.metadata",
                    "Alloy keeps labels and annotations of pods beside each line, for Loki; elsewhere they are attributes of records "
                            + "at best, under names without dots",
                    "send logs to Loki, or run Lightvessel's agents"));
        }
    }

    private static Stream<String> renamed(String label) {
        return Stream.of(
                "set(attributes[\"%s\"], attributes[\"%s\"])".formatted(label.replace('_', '.'), label),
                "delete_key(attributes, \"%s\")".formatted(label));
    }

    private static Map<Signal, List<String>> logs(List<String> next) {
        Map<Signal, List<String>> output = new EnumMap<>(Signal.class);
        output.put(Signal.LOGS, next);
        return output;
    }
}

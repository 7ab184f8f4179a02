package io.lightvessel.render.otelcol;

import static io.lightvessel.render.text.Placeholders.escaped;

import io.lightvessel.config.operators.KnownText;
import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.text.Tree;
import io.lightvessel.stack.LineRedaction;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.PodMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the tailing of pod logs for a stock Collector's filelog receiver. */
final class StockPodLogs {
    static final String STORAGE = "file_storage";
    private static final String PATH = "collector.podLogs";

    private StockPodLogs() {}

    /** Unlike the agents, a Collector forgets where it was in a file, and drops what is refused, unless told otherwise. */
    static Map<String, Object> receiver(PodLogs logs) {
        Map<String, Object> settings = Tree.of(
                "include",
                patterns(logs.path(), logs.includeNamespaces()),
                "start_at",
                "beginning",
                "include_file_path",
                true,
                "include_file_name",
                false,
                "operators",
                operators(logs));
        if (!logs.excludeNamespaces().isEmpty()) {
            settings.put("exclude", patterns(logs.path(), logs.excludeNamespaces()));
        }
        settings.put("storage", STORAGE);
        settings.put("retry_on_failure", Tree.of("enabled", true));
        return settings;
    }

    static Map<String, Object> storage() {
        return Tree.of("directory", "/var/lib/otelcol/file_storage", "create_directory", true);
    }

    private static List<String> patterns(String directory, List<String> namespaces) {
        return namespaces.isEmpty()
                ? List.of(directory + "/*/*/*.log")
                : namespaces.stream()
                        .map(namespace -> "%s/%s_*/*/*.log".formatted(directory, namespace))
                        .toList();
    }

    private static List<Object> operators(PodLogs logs) {
        List<Object> operators = new ArrayList<>();
        operators.add(Tree.of("type", "container"));
        String first = FirstLines.of(logs);
        if (first != null) {
            operators.add(Tree.of(
                    "type",
                    "recombine",
                    "combine_field",
                    "body",
                    "source_identifier",
                    "attributes[\"log.file.path\"]",
                    "is_first_entry",
                    escaped(first)));
        }
        logs.redaction().forEach(redaction -> operators.add(redact(redaction)));
        switch (logs.parsing()) {
            case NONE -> {
                // A line is a record's body, and nothing else.
            }
            case AUTO -> {
                operators.add(parser("json_parser", "body matches \"^\\\\s*\\\\{.*\\\\}\\\\s*$\""));
                operators.add(parser("key_value_parser", "body matches \"^\\\\S+=\""));
            }
            case JSON -> operators.add(parser("json_parser", null));
            case LOGFMT -> operators.add(parser("key_value_parser", null));
        }
        if (logs.parsing() != PodLogs.Parsing.NONE) {
            operators.add(
                    Tree.of("type", "severity_parser", "parse_from", "attributes.level", "on_error", "send_quiet"));
        }
        return operators;
    }

    private static Map<String, Object> redact(LineRedaction redaction) {
        LineRedaction.Known preset = redaction.preset();
        KnownText known = preset == null ? null : KnownText.valueOf(preset.name());
        return Tree.of(
                "type",
                "regex_replace",
                "field",
                "body",
                "regex",
                escaped(known == null ? String.valueOf(redaction.pattern()) : known.regex()),
                "replace_with",
                escaped(known == null || redaction.replacement() != null ? redaction.mask() : known.mask()));
    }

    /** The pods' labels and annotations, which a Collector asks for in a step of its own. */
    static Map<String, Object> metadata(PodMetadata metadata) {
        return Tree.of(
                "auth_type",
                "serviceAccount",
                "filter",
                Tree.of("node_from_env_var", "K8S_NODE_NAME"),
                "extract",
                Tree.of(
                        "metadata",
                        List.of("k8s.node.name"),
                        "labels",
                        extracted("k8s.pod.label.", metadata.labels()),
                        "annotations",
                        extracted("k8s.pod.annotation.", metadata.annotations())),
                "pod_association",
                List.of(Tree.of("sources", List.of(Tree.of("from", "resource_attribute", "name", "k8s.pod.uid")))));
    }

    private static List<Object> extracted(String prefix, List<String> names) {
        List<Object> rules = new ArrayList<>();
        for (String name : names) {
            rules.add(
                    name.equals(PodMetadata.ALL)
                            ? Tree.of("tag_name", prefix + "$$1", "key_regex", "(.*)", "from", "pod")
                            : Tree.of("tag_name", prefix + name, "key", name, "from", "pod"));
        }
        return rules;
    }

    private static Map<String, Object> parser(String type, @Nullable String condition) {
        Map<String, Object> parser = Tree.of("type", type, "parse_to", "attributes", "on_error", "send_quiet");
        if (condition != null) {
            parser.put("if", escaped(condition));
        }
        return parser;
    }

    static List<RenderFinding> findings(PodLogs logs) {
        List<RenderFinding> findings = new ArrayList<>();
        findings.add(RenderFinding.needs(
                PATH,
                "a Collector keeps its place in files only in a directory that outlives its pod",
                "mount a hostPath at /var/lib/otelcol beside the one of the pod logs"));
        unknown(findings, "includeLabels", logs.includeLabels());
        unknown(findings, "excludeLabels", logs.excludeLabels());
        unknown(findings, "includeAnnotations", logs.includeAnnotations());
        unknown(findings, "excludeAnnotations", logs.excludeAnnotations());
        if (!logs.metadata().addsNothing()) {
            findings.add(
                    RenderFinding.needs(
                            PATH + ".metadata",
                            "a Collector asks the API server for the pods of its node, which it must know by name",
                            "set K8S_NODE_NAME from the field spec.nodeName, and let its service account get, list and watch pods"));
        }
        if (logs.linesPerSecondPerPod() > 0) {
            findings.add(RenderFinding.leftOut(
                    PATH + ".linesPerSecondPerPod",
                    "the Collector has no limit on the lines of a pod",
                    "set a limit in Loki, or render the stack for Alloy"));
        }
        if (logs.burstLinesPerPod() > 0) {
            findings.add(RenderFinding.leftOut(
                    PATH + ".burstLinesPerPod",
                    "the Collector has no limit on the lines of a pod",
                    "set a limit in Loki, or render the stack for Alloy"));
        }
        return findings;
    }

    private static void unknown(List<RenderFinding> findings, String field, Map<String, String> wanted) {
        if (!wanted.isEmpty()) {
            findings.add(RenderFinding.leftOut(
                    PATH + "." + field,
                    "filelog chooses files by their names, and pods' labels and annotations are not in them",
                    "choose by namespace, or render the stack for Alloy"));
        }
    }
}

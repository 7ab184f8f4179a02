package io.lightvessel.render.otelcol;

import static io.lightvessel.render.text.Placeholders.escaped;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.text.Tree;
import io.lightvessel.stack.PodLogs;
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
        Map<String, Object> settings = CommonComponents.podLogs(patterns(logs.path(), logs.includeNamespaces()));
        if (!logs.excludeNamespaces().isEmpty()) {
            settings.put("exclude", patterns(logs.path(), logs.excludeNamespaces()));
        }
        settings.put("storage", STORAGE);
        settings.put("retry_on_failure", Tree.of("enabled", true));
        settings.put("operators", operators(logs));
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
        String first = firstLine(logs);
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
        return operators;
    }

    private static Map<String, Object> parser(String type, @Nullable String condition) {
        Map<String, Object> parser = Tree.of("type", type, "parse_to", "attributes", "on_error", "send_quiet");
        if (condition != null) {
            parser.put("if", escaped(condition));
        }
        return parser;
    }

    /** An expression that holds for the first line of a record: in most languages any that does not go on with one. */
    private static @Nullable String firstLine(PodLogs logs) {
        return switch (logs.multiline()) {
            case NONE -> null;
            case JAVA -> goesOn("^(\\\\s|Caused by:|Suppressed:|\\\\.\\\\.\\\\. \\\\d+ more)");
            case PYTHON -> goesOn("^(\\\\s|Traceback|[A-Za-z_.]+(Error|Exception)\\\\b)");
            case GO -> goesOn("^(\\\\s|goroutine \\\\d+|created by |exit status|[a-z]+\\\\.[^ ]+\\\\(|$)");
            case DOTNET -> goesOn("^(\\\\s|---)");
            case NODEJS -> goesOn("^(\\\\s|\\\\})");
            case RUBY -> goesOn("^(\\\\s|\\\\tfrom )");
            case TIMESTAMP -> "body matches \"^\\\\[?\\\\d{4}-\\\\d{2}-\\\\d{2}[T ]\"";
            case CUSTOM -> logs.multilineStart() == null ? null : "body matches " + quoted(logs.multilineStart());
        };
    }

    private static String goesOn(String pattern) {
        return "not (body matches \"" + pattern + "\")";
    }

    private static String quoted(String regex) {
        return "\"" + regex.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static List<RenderFinding> findings(PodLogs logs) {
        List<RenderFinding> findings = new ArrayList<>();
        findings.add(RenderFinding.needs(
                PATH,
                "a Collector keeps its place in files only in a directory that outlives its pod",
                "mount a hostPath at /var/lib/otelcol beside the one of the pod logs"));
        if (!logs.includeLabels().isEmpty()) {
            findings.add(noLabels(PATH + ".includeLabels"));
        }
        if (!logs.excludeLabels().isEmpty()) {
            findings.add(noLabels(PATH + ".excludeLabels"));
        }
        if (logs.linesPerSecondPerPod() > 0) {
            findings.add(RenderFinding.leftOut(
                    PATH + ".linesPerSecondPerPod",
                    "the Collector has no limit on the lines of a pod",
                    "set a limit in Loki, or render the stack for Alloy"));
        }
        return findings;
    }

    private static RenderFinding noLabels(String path) {
        return RenderFinding.leftOut(
                path,
                "filelog chooses files by their names, and pods' labels are not in them",
                "choose by namespace, or render the stack for Alloy");
    }
}

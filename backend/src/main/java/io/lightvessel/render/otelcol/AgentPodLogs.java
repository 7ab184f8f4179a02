package io.lightvessel.render.otelcol;

import static io.lightvessel.render.text.Placeholders.escaped;

import io.lightvessel.config.operators.KnownText;
import io.lightvessel.render.text.Tree;
import io.lightvessel.stack.LineRedaction;
import io.lightvessel.stack.PodLogs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the tailing of pod logs for the agents' podlogs receiver. */
final class AgentPodLogs {
    private AgentPodLogs() {}

    static Map<String, Object> receiver(PodLogs logs) {
        Map<String, Object> settings = Tree.of("path", "${env:LIGHTVESSEL_POD_LOGS:-%s}".formatted(logs.path()));
        choice(settings, "namespaces", logs.includeNamespaces(), logs.excludeNamespaces());
        choice(settings, "labels", logs.includeLabels(), logs.excludeLabels());
        choice(settings, "annotations", logs.includeAnnotations(), logs.excludeAnnotations());
        if (!logs.metadata().addsNothing()) {
            Map<String, Object> metadata = Tree.of();
            put(metadata, "labels", logs.metadata().labels());
            put(metadata, "annotations", logs.metadata().annotations());
            settings.put("metadata", metadata);
        }
        if (logs.linesPerSecondPerPod() > 0) {
            settings.put("rate_limit", Tree.of("lines_per_second", logs.linesPerSecondPerPod(), "burst", logs.burst()));
        }
        multiline(settings, logs);
        if (!logs.redaction().isEmpty()) {
            settings.put(
                    "redact",
                    logs.redaction().stream().map(AgentPodLogs::redaction).toList());
        }
        if (logs.parsing() != PodLogs.Parsing.NONE) {
            settings.put("parse", logs.parsing().name().toLowerCase(Locale.ROOT));
        }
        return settings;
    }

    /** Traces whose language the agents know are found by more than their first lines. */
    private static void multiline(Map<String, Object> settings, PodLogs logs) {
        String language = switch (logs.multiline()) {
            case JAVA -> "java";
            case PYTHON -> "python";
            case GO -> "go";
            case NODEJS -> "node";
            case NONE, DOTNET, RUBY, TIMESTAMP, CUSTOM -> null;
        };
        String first = FirstLines.of(logs);
        if (language != null) {
            settings.put("multiline", language);
        } else if (first != null) {
            settings.put("operators", List.of(Tree.of("type", "recombine", "is_first_entry", escaped(first))));
        }
    }

    private static Map<String, Object> redaction(LineRedaction redaction) {
        LineRedaction.Known preset = redaction.preset();
        Map<String, Object> settings = preset == null
                ? Tree.of("regex", escaped(String.valueOf(redaction.pattern())))
                : Tree.of("regex_name", KnownText.valueOf(preset.name()).wireName());
        if (redaction.replacement() != null) {
            settings.put("replace_with", escaped(redaction.replacement()));
        }
        return settings;
    }

    private static void choice(Map<String, Object> settings, String key, Object include, Object exclude) {
        Map<String, Object> choice = Tree.of();
        put(choice, "include", include);
        put(choice, "exclude", exclude);
        if (!choice.isEmpty()) {
            settings.put(key, choice);
        }
    }

    private static void put(Map<String, Object> settings, String key, @Nullable Object value) {
        boolean empty =
                value instanceof List<?> list && list.isEmpty() || value instanceof Map<?, ?> map && map.isEmpty();
        if (!empty && value != null) {
            settings.put(key, value);
        }
    }
}

package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import com.google.re2j.Pattern;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import io.lightvessel.config.operators.KnownText;
import java.util.List;
import java.util.Set;

/** The keys of the podlogs receiver: filelog with the container operator, for a node's pods. */
final class PodLogs {
    private static final ObjectSchema BY_TEXT = keys(
            textMap("include", "Only pods that have all of these."),
            textMap("exclude", "No pods that have any of these."));

    private static final ObjectSchema REDACTION = keys(
            text("regex", "RE2 of what is replaced."),
            choice("regex_name", KnownText.names(), "A regular expression known by name, instead of regex."),
            text(
                    "replace_with",
                    "What is put there; $1 or ${name} is a group (default: ***, after the name of a password or the kind of "
                            + "a token)."));

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.RECEIVER,
            "podlogs",
            Stability.BETA,
            Set.of(Signal.LOGS),
            "Follows the logs of all pods of this node.",
            keys(
                    text("path", "/var/log/pods", "Where the kubelet has the logs of pods."),
                    texts("exclude", "Patterns of files to leave out."),
                    choice(
                            "start_at",
                            List.of("beginning", "end"),
                            "beginning",
                            "Where to begin in files that were there before."),
                    section(
                            "namespaces",
                            keys(
                                    texts("include", "Only these; * stands for anything."),
                                    texts("exclude", "Not these.")),
                            "Whose pods."),
                    section("labels", BY_TEXT, "Which pods, by label; needs the API."),
                    section("annotations", BY_TEXT, "Which pods, by annotation; needs the API."),
                    section(
                            "metadata",
                            keys(
                                    PodApi.KEYS,
                                    texts("labels", "Labels that become attributes k8s.pod.label.NAME; * takes all."),
                                    texts(
                                            "annotations",
                                            "Annotations that become attributes k8s.pod.annotation.NAME; * takes all.")),
                            "What is asked of the API server; namespace, pod, uid, container and restarts come from the path."),
                    section(
                            "rate_limit",
                            keys(
                                    whole("lines_per_second", 0, 10_000_000, 0, "Most lines of a pod; 0 has no limit."),
                                    whole("burst", 1, 100_000_000, 10_000, "Lines beyond that in one go.")),
                            "Lines beyond it are dropped and counted as rate_limited."),
                    choice(
                            "multiline",
                            List.of("none", "java", "python", "go", "node"),
                            "none",
                            "Whose stack traces become one record."),
                    sections("redact", REDACTION, "What is replaced in lines before anything else is read in them."),
                    choice(
                            "parse",
                            List.of("none", "auto", "json", "logfmt"),
                            "none",
                            "Takes attributes, and the severity from level, out of lines that are written so; auto looks at "
                                    + "each line."),
                    flag("include_file_path", false, "Adds the attribute log.file.path."),
                    duration("poll_interval", "1ms", "200ms", "How often files that are written to are looked at."),
                    whole("max_log_size", 1, 64L << 20, 1L << 20, "Longest text in bytes; longer ones are cut."),
                    whole("max_concurrent_files", 1, 100_000, 1024, "Files open at a time."),
                    sections("operators", LogOperators.KEYS, "What else is done with each line, in order.")),
            PodLogs::check);

    private PodLogs() {}

    private static void check(Settings settings, RuleReport report) {
        LogOperators.check(settings, "operators", report);
        List<Settings> redactions = settings.has("redact") ? settings.sections("redact") : List.of();
        for (int i = 0; i < redactions.size(); i++) {
            redaction(redactions.get(i), "redact::" + i, report);
        }
        List<Settings> operators = settings.has("operators") ? settings.sections("operators") : List.of();
        for (int i = 0; i < operators.size(); i++) {
            if (operators.get(i).isKnown("type")) {
                String type = operators.get(i).string("type");
                boolean twice = type.equals("recombine")
                        && settings.isKnown("multiline")
                        && !settings.string("multiline").equals("none");
                if (type.equals("container") || twice) {
                    report.error("operators::" + i, type + " (expected: another; podlogs does that already)");
                }
            }
        }
    }

    private static void redaction(Settings redaction, String at, RuleReport report) {
        if (redaction.has("regex") == redaction.has("regex_name")) {
            report.error(
                    at,
                    (redaction.has("regex") ? "regex and regex_name" : "no regex")
                            + " (expected: one of regex, regex_name)");
        } else if (redaction.isKnown("regex")) {
            Pattern pattern = AttributeActions.compiled(redaction.string("regex"), at + "::regex", report);
            if (pattern != null && redaction.isKnown("replace_with")) {
                Replacement.check(pattern, redaction.string("replace_with"), at + "::replace_with", report);
            }
        }
    }
}

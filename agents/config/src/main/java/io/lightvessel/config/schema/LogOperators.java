package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.GoDuration;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.ValueType;
import io.lightvessel.config.operators.FieldName;
import io.lightvessel.config.operators.KnownText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys of operators, one list of which says what is done with each line, and which operator takes which. */
final class LogOperators {

    private static final ObjectSchema SEVERITY = keys(
            required(text("parse_from", "The attribute that holds the severity.")),
            textListMap(
                    "mapping", "Texts by severity (trace, debug, info, warn, error, fatal, each also with 2, 3 or 4)."),
            choice("preset", List.of("default", "none"), "default", "Whether usual names and numbers are known."));

    private static final ObjectSchema TIMESTAMP = keys(
            required(text("parse_from", "The attribute that holds the time, or body.")),
            choice("layout_type", List.of("strptime", "epoch"), "strptime", "How the layout is written."),
            required(text("layout", "The layout; for epoch s, ms, us, ns, s.ms, s.us or s.ns.")));

    static final ObjectSchema KEYS = keys(
            required(choice(
                    "type",
                    List.of(
                            "container",
                            "recombine",
                            "json_parser",
                            "key_value_parser",
                            "regex_parser",
                            "severity_parser",
                            "time_parser",
                            "regex_replace",
                            "move",
                            "remove",
                            "add"),
                    "container",
                    "What to do with a line.")),
            text("id", "Name of the operator."),
            choice(
                    "format",
                    List.of("auto", "containerd", "crio", "docker"),
                    "container: how logs are written; auto, the default, looks at each line."),
            flag(
                    "add_metadata_from_filepath",
                    "container: takes pod, namespace and container from the path (default true)."),
            key(
                    "max_log_size",
                    new ValueType.Whole(0, 64L << 20),
                    null,
                    "container, recombine: longest joined text in bytes; 0, the default, has no limit but the receiver's."),
            choice(
                    "language",
                    List.of("java", "python", "go", "node"),
                    "recombine: whose stack traces are put together; instead of a condition."),
            text("is_first_entry", "recombine: a condition for the first line, such as body matches \"^\\\\d{4}-\"."),
            text("is_last_entry", "recombine: a condition for the last line."),
            choice("combine_field", List.of("body"), "recombine: what is put together."),
            text("combine_with", "recombine: what stands between lines (default: an end of line)."),
            key("max_batch_size", new ValueType.Whole(1, 1_000_000), null, "recombine: most lines (default 1000)."),
            key(
                    "force_flush_period",
                    new ValueType.Span(GoDuration.parse("1ms").orElseThrow()),
                    null,
                    "recombine: so long the next line is waited for (default 5s)."),
            choice(
                    "overwrite_with",
                    List.of("newest", "oldest"),
                    "recombine: whose time the record has (default newest)."),
            ineffective(text("source_identifier", "every file and stream is put together by itself.")),
            text("parse_from", "Parsers: what is read, body by default."),
            choice("parse_to", List.of("attributes"), "Parsers: where to."),
            text(
                    "if",
                    "The operator is left out unless this holds, such as attributes.level == \"error\" or"
                            + " body startsWith \"{\"."),
            choice(
                    "on_error",
                    List.of("send", "send_quiet", "drop", "drop_quiet"),
                    "What becomes of a line the operator cannot read: it is sent on as it is (send, the default) or"
                            + " dropped, and counted; quiet: the log says nothing of it."),
            flag("parse_ints", "json_parser: whole numbers stay whole (default false: all are floating)."),
            text("delimiter", "key_value_parser: between key and value (default =)."),
            text("pair_delimiter", "key_value_parser: between pairs (default white space)."),
            text("regex", "regex_parser: RE2 with named groups; regex_replace: what is replaced."),
            choice(
                    "regex_name",
                    KnownText.names(),
                    "regex_replace: a regular expression known by name, instead of regex."),
            text("replace_with", "regex_replace: what is put there; $1 or ${name} is a group (default: nothing)."),
            optionalSection("severity", SEVERITY, "Parsers: reads the severity as well."),
            optionalSection("timestamp", TIMESTAMP, "Parsers: reads the time as well."),
            textListMap("mapping", "severity_parser: texts by severity."),
            choice("preset", List.of("default", "none"), "severity_parser: whether usual names are known."),
            choice("layout_type", List.of("strptime", "epoch"), "time_parser: how the layout is written."),
            text("layout", "time_parser: the layout of the time."),
            text("field", "regex_replace, remove, add: " + FieldName.EXPECTED + "."),
            text("from", "move: where from."),
            text("to", "move: where to."),
            text("value", "add: the attribute's text."));

    private static final Set<String> ANY = Set.of("if", "on_error");
    private static final Set<String> PARSER = with(ANY, "parse_from", "parse_to", "severity", "timestamp");

    private static final Map<String, Set<String>> TAKES = Map.ofEntries(
            Map.entry("container", Set.of("format", "add_metadata_from_filepath", "max_log_size")),
            Map.entry(
                    "recombine",
                    Set.of(
                            "language",
                            "is_first_entry",
                            "is_last_entry",
                            "combine_field",
                            "combine_with",
                            "max_batch_size",
                            "max_log_size",
                            "force_flush_period",
                            "overwrite_with",
                            "source_identifier")),
            Map.entry("json_parser", with(PARSER, "parse_ints")),
            Map.entry("key_value_parser", with(PARSER, "delimiter", "pair_delimiter")),
            Map.entry("regex_parser", with(PARSER, "regex")),
            Map.entry("severity_parser", with(ANY, "parse_from", "mapping", "preset")),
            Map.entry("time_parser", with(ANY, "parse_from", "layout", "layout_type")),
            Map.entry("regex_replace", with(ANY, "field", "regex", "regex_name", "replace_with")),
            Map.entry("move", with(ANY, "from", "to")),
            Map.entry("remove", with(ANY, "field")),
            Map.entry("add", with(ANY, "field", "value")));

    private LogOperators() {}

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    /** @param list the key that holds the operators */
    static void check(Settings settings, String list, RuleReport report) {
        if (!settings.has(list)) {
            return;
        }
        List<Settings> operators = settings.sections(list);
        for (int i = 0; i < operators.size(); i++) {
            Settings operator = operators.get(i);
            if (operator.isKnown("type")) {
                String at = list + "::" + i;
                checkPlace(operators, i, at, report);
                checkKeys(operator, at, report);
                new OperatorRules(operator, at, report).check();
            }
        }
    }

    /** Lines are made whole before they are read. */
    private static void checkPlace(List<Settings> operators, int index, String at, RuleReport report) {
        String type = operators.get(index).string("type");
        boolean afterContainer = index == 1
                && operators.getFirst().isKnown("type")
                && operators.getFirst().string("type").equals("container");
        if (type.equals("container") && index > 0) {
            report.error(at, "container in place " + (index + 1) + " (expected: the first operator)");
        } else if (type.equals("recombine") && index > 0 && !afterContainer) {
            report.error(at, "recombine in place " + (index + 1) + " (expected: the first, or right after container)");
        }
    }

    private static void checkKeys(Settings operator, String at, RuleReport report) {
        String type = operator.string("type");
        Set<String> takes = TAKES.getOrDefault(type, Set.of());
        for (var key : KEYS.keys()) {
            String name = key.name();
            boolean given = operator.has(name) && !operator.isEmptyMap(name);
            if (given && !name.equals("type") && !name.equals("id") && !takes.contains(name)) {
                report.error(
                        at + "::" + name,
                        name + " for " + type + " (expected: " + String.join(", ", new TreeSet<>(takes)) + ")");
            }
        }
    }
}

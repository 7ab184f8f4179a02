package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.choice;
import static io.lightvessel.config.schema.Keys.duration;
import static io.lightvessel.config.schema.Keys.flag;
import static io.lightvessel.config.schema.Keys.ineffective;
import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.optionalSection;
import static io.lightvessel.config.schema.Keys.required;
import static io.lightvessel.config.schema.Keys.text;
import static io.lightvessel.config.schema.Keys.whole;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.List;
import java.util.Set;

/** The keys of the file exporter. */
final class FileExporter {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXPORTER,
            "file",
            Stability.BETA,
            Set.of(Signal.TRACES, Signal.METRICS, Signal.LOGS),
            "Appends requests to a file, as lines of OTLP JSON or as protobuf.",
            keys(
                    required(text("path", "The file to write.")),
                    choice("format", List.of("json", "proto"), "json", "json, or proto with each length before it."),
                    flag("append", false, "Go on behind what is there; always so with rotation."),
                    flag("create_directory", false, "Make the file's directory when it is missing."),
                    ineffective(duration("flush_interval", "0s", "1s", "every request is written at once.")),
                    optionalSection(
                            "rotation",
                            keys(
                                    whole(
                                            "max_megabytes",
                                            1,
                                            1L << 20,
                                            100,
                                            "Put the file aside before it outgrows this."),
                                    whole("max_days", 0, 36_500, 0, "Delete files put aside longer ago; 0 never."),
                                    whole(
                                            "max_backups",
                                            0,
                                            1L << 20,
                                            100,
                                            "Files put aside that are kept; 0 keeps all."),
                                    flag("localtime", false, "Local time in the names of files put aside, not UTC.")),
                            "Putting full files aside; absent means that the file grows.")),
            FileExporter::check);

    private FileExporter() {}

    private static void check(Settings settings, RuleReport report) {
        if (settings.isKnown("path") && settings.string("path").isBlank()) {
            report.error("path", "an empty path (expected: a file)");
        }
    }
}

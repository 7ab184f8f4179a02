package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.List;
import java.util.Set;

/** The keys of the filelog receiver. */
final class Filelog {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.RECEIVER,
            "filelog",
            Stability.BETA,
            Set.of(Signal.LOGS),
            "Follows log files, container logs above all.",
            keys(
                    required(texts("include", "Patterns of files to follow; * and ** as in shells.")),
                    texts("exclude", "Patterns of files to leave out."),
                    choice(
                            "start_at",
                            List.of("beginning", "end"),
                            "end",
                            "Where to begin in files that were there before."),
                    flag("include_file_name", true, "Adds the attribute log.file.name."),
                    flag("include_file_path", false, "Adds the attribute log.file.path."),
                    duration("poll_interval", "1ms", "200ms", "How often files are looked at."),
                    whole(
                            "max_log_size",
                            1,
                            64L << 20,
                            1L << 20,
                            "Longest line in bytes; longer ones are cut into several."),
                    whole("max_concurrent_files", 1, 100_000, 1024, "Files followed at a time."),
                    choice("encoding", List.of("utf-8"), "utf-8", "How text is encoded."),
                    ineffective(extension(
                            "storage",
                            ExtensionCapability.STORAGE,
                            "positions are always kept in the agent's state directory.")),
                    ineffective(section(
                            "retry_on_failure",
                            SharedKeys.retry(true),
                            "lines that pipelines refuse are always sent again, until they are taken.")),
                    sections("operators", LogOperators.KEYS, "What is done with each line, in order.")),
            Filelog::check);

    private Filelog() {}

    private static void check(Settings settings, RuleReport report) {
        if (settings.isKnown("include") && settings.isEmptyList("include")) {
            report.error("include", "an empty list (expected: at least one pattern)");
        }
        LogOperators.check(settings, "operators", report);
    }
}

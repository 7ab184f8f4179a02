package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.duration;
import static io.lightvessel.config.schema.Keys.flag;
import static io.lightvessel.config.schema.Keys.ineffective;
import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.section;
import static io.lightvessel.config.schema.Keys.text;
import static io.lightvessel.config.schema.Keys.whole;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;
import java.util.Set;

/** The keys of the file_storage extension. */
final class FileStorage {

    private static final long MANY = 1L << 40;

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXTENSION,
            "file_storage",
            Stability.BETA,
            EnumSet.noneOf(Signal.class),
            "Keeps sending queues on disk, so that they outlive the process.",
            keys(
                    text("directory", "Where to keep them; without, in the agent's state directory."),
                    flag("create_directory", false, "Makes the directory if it is missing."),
                    text("directory_permissions", "0750", "Permissions of directories it makes, in octal."),
                    duration("timeout", "0s", "1s", "How long to wait for a directory that is in use."),
                    flag(
                            "fsync",
                            false,
                            "Answers producers only when their telemetry survives a loss of power, not only the end of the process."),
                    ineffective(flag("recreate", false, "a damaged record is set aside and the rest is kept.")),
                    ineffective(whole("max_size", 0, MANY, 0, "queue_size of the exporters limits what is stored.")),
                    ineffective(section(
                            "compaction",
                            keys(
                                    text("directory", "Where compaction works."),
                                    flag("on_start", false, "Compaction at start."),
                                    flag("on_rebound", false, "Compaction when usage falls."),
                                    whole("rebound_needed_threshold_mib", 0, MANY, 100, "Usage that arms on_rebound."),
                                    whole("rebound_trigger_threshold_mib", 0, MANY, 10, "Usage that triggers it."),
                                    whole("max_transaction_size", 0, MANY, 65_536, "Items per transaction."),
                                    duration("check_interval", "0s", "5s", "How often usage is looked at."),
                                    flag("cleanup_on_start", false, "Removes what compaction left.")),
                            "what was delivered is deleted segment by segment."))),
            FileStorage::check,
            Set.of(ExtensionCapability.STORAGE));

    private FileStorage() {}

    private static void check(Settings settings, RuleReport report) {
        if (settings.isKnown("directory_permissions")
                && !settings.string("directory_permissions").matches("0?[0-7]{3}")) {
            report.error(
                    "directory_permissions",
                    "'" + settings.string("directory_permissions") + "' (expected: octal digits such as 0750)");
        }
    }
}

package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import io.lightvessel.config.ValueType;
import java.util.List;
import java.util.Set;

/** The keys of the loki exporter. */
final class Loki {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXPORTER,
            "loki",
            Stability.BETA,
            Set.of(Signal.LOGS),
            "Sends logs as streams to Loki's push API.",
            joined(
                    keys(
                            required(
                                    url("endpoint", "URL of the push API, such as http://loki:3100/loki/api/v1/push.")),
                            section("tls", SharedKeys.CLIENT_TLS, "TLS towards the backend."),
                            SharedKeys.HEADERS,
                            SharedKeys.CLIENT_AUTH,
                            section(
                                    "default_labels_enabled",
                                    keys(
                                            flag("exporter", true, "The label exporter=OTLP."),
                                            flag("job", true, "The label job, of service.namespace and service.name."),
                                            flag("instance", true, "The label instance, of service.instance.id."),
                                            flag("level", true, "The label level, of the severity.")),
                                    "The labels that every stream has."),
                            section(
                                    "labels",
                                    keys(
                                            texts("resource", "Resource attributes that become labels."),
                                            texts("attributes", "Attributes of log records that become labels.")),
                                    "More labels; the hints loki.resource.labels and loki.attribute.labels add to them."),
                            flag(
                                    "structured_metadata",
                                    true,
                                    "Sends ids, severity and, with raw lines, all attributes that are no labels beside the"
                                            + " line."),
                            key(
                                    "format",
                                    new ValueType.Choice(List.of("raw", "json", "logfmt")),
                                    null,
                                    "What lines hold where no loki.format hint says; raw, or json without"
                                            + " structured_metadata."),
                            whole("max_labels", 1, 100, 15, "Most labels of a stream; further ones stay attributes."),
                            whole("max_line_size", 0, 64L << 20, 256 * 1024, "Most bytes of a line; 0 has no limit."),
                            flag("truncate_long_lines", false, "Cuts longer lines instead of leaving them out."),
                            whole(
                                    "max_batch_size_bytes",
                                    1024,
                                    64L << 20,
                                    1 << 20,
                                    "Largest request before compression; larger ones are split."),
                            SharedKeys.timeout("30s"),
                            SharedKeys.SENDING_QUEUE,
                            SharedKeys.ALWAYS_SNAPPY,
                            SharedKeys.RETRY_ON_FAILURE),
                    SharedKeys.HTTP_CLIENT),
            Loki::check);

    private Loki() {}

    private static void check(Settings settings, RuleReport report) {
        ExporterRules.check(settings, report);
        if (!settings.has("default_labels_enabled") || settings.has("labels") && hasLabels(settings)) {
            return;
        }
        Settings defaults = settings.section("default_labels_enabled");
        boolean known = defaults.isKnown("exporter")
                && defaults.isKnown("job")
                && defaults.isKnown("instance")
                && defaults.isKnown("level");
        if (known
                && !defaults.flag("exporter")
                && !defaults.flag("job")
                && !defaults.flag("instance")
                && !defaults.flag("level")) {
            report.warning(
                    "default_labels_enabled",
                    "all off and no labels (expected: one of them, or hints); records without a label are dropped");
        }
    }

    private static boolean hasLabels(Settings settings) {
        Settings labels = settings.section("labels");
        return labels.has("resource") || labels.has("attributes");
    }
}

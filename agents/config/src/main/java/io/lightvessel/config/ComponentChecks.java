package io.lightvessel.config;

import java.util.List;

/** Rules of a component that concern more than one of its keys. */
final class ComponentChecks {

    private final Report report;
    private final String path;
    private final int line;

    private ComponentChecks(Report report, String path, int line) {
        this.report = report;
        this.path = path;
        this.line = line;
    }

    static void run(ComponentSchema schema, Settings settings, Report report, String path, int line) {
        ComponentChecks checks = new ComponentChecks(report, path, line);
        switch (schema.kind() + " " + schema.type()) {
            case "RECEIVER otlp" -> checks.otlpReceiver(settings);
            case "RECEIVER filelog" -> checks.filelog(settings);
            case "PROCESSOR batch" -> checks.batch(settings);
            case "PROCESSOR resource" -> checks.resource(settings);
            case "PROCESSOR memory_limiter" -> checks.memoryLimiter(settings);
            case "EXPORTER otlphttp" -> checks.otlpHttp(settings);
            default -> {
                // Most components have no rules beyond their keys' own.
            }
        }
        if (schema.kind() == ComponentKind.EXPORTER) {
            checks.exporter(settings);
        }
    }

    private void otlpReceiver(Settings settings) {
        if (!settings.has("protocols")) {
            return;
        }
        Settings protocols = settings.section("protocols");
        if (!protocols.has("grpc") && !protocols.has("http")) {
            error("protocols", "no protocol (expected: grpc, http or both)");
        }
    }

    private void filelog(Settings settings) {
        if (settings.isKnown("include") && settings.isEmptyList("include")) {
            error("include", "an empty list (expected: at least one pattern)");
        }
    }

    private void batch(Settings settings) {
        if (!settings.isKnown("send_batch_size") || !settings.isKnown("send_batch_max_size")) {
            return;
        }
        long size = settings.integer("send_batch_size");
        long max = settings.integer("send_batch_max_size");
        if (max != 0 && max < size) {
            error("send_batch_max_size", max + " (expected: 0, or at least send_batch_size, which is " + size + ")");
        }
    }

    private void resource(Settings settings) {
        if (!settings.has("attributes")) {
            return;
        }
        List<Settings> changes = settings.sections("attributes");
        if (changes.isEmpty()) {
            error("attributes", "an empty list (expected: at least one change)");
        }
        for (int i = 0; i < changes.size(); i++) {
            Settings change = changes.get(i);
            if (!change.isKnown("action")) {
                continue;
            }
            int sources = (change.has("value") ? 1 : 0) + (change.has("from_attribute") ? 1 : 0);
            boolean deletes = change.string("action").equals("delete");
            if (deletes && sources > 0) {
                error("attributes::" + i, "delete with a value (expected: key and action only)");
            } else if (!deletes && sources != 1) {
                error(
                        "attributes::" + i,
                        change.string("action") + " with " + (sources == 0 ? "no value" : "two values")
                                + " (expected: either value or from_attribute)");
            }
            if (change.isKnown("key") && change.string("key").isEmpty()) {
                error("attributes::" + i + "::key", "an empty key (expected: the attribute's name)");
            }
        }
    }

    private void memoryLimiter(Settings settings) {
        if (!settings.isKnown("limit_mib") || !settings.isKnown("limit_percentage")) {
            return;
        }
        if (settings.integer("limit_mib") == 0 && settings.integer("limit_percentage") == 0) {
            error("", "no limit (expected: limit_mib or limit_percentage)");
        }
        atMost(settings, "spike_limit_mib", "limit_mib");
        atMost(settings, "spike_limit_percentage", "limit_percentage");
    }

    private void otlpHttp(Settings settings) {
        boolean any = settings.has("endpoint")
                || settings.has("traces_endpoint")
                || settings.has("metrics_endpoint")
                || settings.has("logs_endpoint")
                || settings.has("profiles_endpoint");
        if (!any) {
            error(
                    "endpoint",
                    "missing (expected: an http:// or https:// URL, here or in traces_endpoint and the like)");
        }
    }

    private void exporter(Settings settings) {
        if (settings.has("tls")) {
            Settings tls = settings.section("tls");
            if (tls.has("cert_file") != tls.has("key_file")) {
                error("tls", "one of cert_file and key_file (expected: both or none)");
            }
        }
        if (settings.has("retry_on_failure")) {
            Settings retry = settings.section("retry_on_failure");
            if (retry.isKnown("initial_interval")
                    && retry.isKnown("max_interval")
                    && retry.duration("initial_interval").compareTo(retry.duration("max_interval")) > 0) {
                error(
                        "retry_on_failure::initial_interval",
                        GoDuration.format(retry.duration("initial_interval"))
                                + " (expected: at most max_interval, which is "
                                + GoDuration.format(retry.duration("max_interval")) + ")");
            }
        }
    }

    private void atMost(Settings settings, String smaller, String larger) {
        if (!settings.isKnown(smaller) || settings.integer(larger) == 0) {
            return;
        }
        if (settings.integer(smaller) >= settings.integer(larger)) {
            error(
                    smaller,
                    settings.integer(smaller) + " (expected: less than " + larger + ", which is "
                            + settings.integer(larger) + ")");
        }
    }

    private void error(String key, String message) {
        report.error(key.isEmpty() ? path : Report.path(path, key), line, message);
    }
}

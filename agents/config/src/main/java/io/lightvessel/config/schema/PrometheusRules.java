package io.lightvessel.config.schema;

import io.lightvessel.config.PromDuration;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has to hold between the keys of the prometheus receiver. */
final class PrometheusRules {

    private static final String GLOBAL = "config::global";

    private PrometheusRules() {}

    static void check(Settings settings, RuleReport report) {
        Settings global = settings.section("config").section("global");
        boolean legacy = isLegacy(global, false);
        timeout(global, global, GLOBAL, report);
        protocols(global, GLOBAL, report);
        for (String name : global.mapKeys("external_labels")) {
            if (!LabelNames.isValid(name, legacy)) {
                report.error(GLOBAL + "::external_labels::" + name, "'" + name + "' (expected: a label's name)");
            }
        }
        List<Settings> jobs = settings.section("config").sections("scrape_configs");
        if (jobs.isEmpty() && !settings.has("kubernetes")) {
            report.error("config::scrape_configs", "an empty list (expected: a job, or the section kubernetes)");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < jobs.size(); i++) {
            job(jobs.get(i), global, "config::scrape_configs::" + i, names, report);
        }
    }

    private static void job(Settings job, Settings global, String at, Set<String> names, RuleReport report) {
        if (job.isKnown("job_name")) {
            String name = job.string("job_name");
            if (name.isEmpty()) {
                report.error(at + "::job_name", "an empty name (expected: a name)");
            } else if (!names.add(name)) {
                report.error(at + "::job_name", "'" + name + "' is there twice (expected: a name of its own)");
            }
        }
        if (job.isKnown("metrics_path") && job.string("metrics_path").isEmpty()) {
            report.error(at + "::metrics_path", "an empty path (expected: a path such as /metrics)");
        }
        timeout(job, global, at, report);
        protocols(job, at, report);
        names(job, global, at, report);
        boolean legacy = isLegacy(job, isLegacy(global, false));
        HttpClientKeys.check(job, at + "::", report);
        RelabelKeys.check(job, "relabel_configs", at + "::", legacy, report);
        RelabelKeys.check(job, "metric_relabel_configs", at + "::", legacy, report);
        DiscoveryKeys.check(job, at + "::", legacy, report);
    }

    private static boolean isLegacy(Settings settings, boolean otherwise) {
        return settings.isKnown("metric_name_validation_scheme")
                ? settings.string("metric_name_validation_scheme").equals("legacy")
                : otherwise;
    }

    private static void timeout(Settings settings, Settings global, String at, RuleReport report) {
        Settings interval = settings.has("scrape_interval") ? settings : global;
        if (!settings.isKnown("scrape_timeout") || !interval.isKnown("scrape_interval")) {
            return;
        }
        if (settings.duration("scrape_timeout").compareTo(interval.duration("scrape_interval")) > 0) {
            report.error(
                    at + "::scrape_timeout",
                    PromDuration.format(settings.duration("scrape_timeout"))
                            + " (expected: at most scrape_interval, which is "
                            + PromDuration.format(interval.duration("scrape_interval")) + ")");
        }
    }

    private static void protocols(Settings settings, String at, RuleReport report) {
        if (!settings.areKnown("scrape_protocols")) {
            return;
        }
        Set<String> seen = new HashSet<>();
        List<String> protocols = settings.strings("scrape_protocols");
        for (int i = 0; i < protocols.size(); i++) {
            String protocol = protocols.get(i);
            if (!ScrapeKeys.PROTOCOLS.contains(protocol)) {
                report.error(
                        at + "::scrape_protocols::" + i,
                        "'" + protocol + "' (expected: one of " + String.join(", ", ScrapeKeys.PROTOCOLS) + ")");
            } else if (!seen.add(protocol)) {
                report.error(at + "::scrape_protocols::" + i, "'" + protocol + "' is there twice (expected: once)");
            }
        }
    }

    private static void names(Settings job, Settings global, String at, RuleReport report) {
        boolean legacy = isLegacy(job, isLegacy(global, false));
        if (legacy
                && job.isKnown("metric_name_escaping_scheme")
                && job.string("metric_name_escaping_scheme").equals("allow-utf-8")) {
            report.error(
                    at + "::metric_name_escaping_scheme",
                    "allow-utf-8 (expected: underscores, dots or values, since metric_name_validation_scheme is legacy)");
        }
    }
}

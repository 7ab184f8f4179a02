package io.lightvessel.config.schema;

import io.lightvessel.config.GoDuration;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import java.util.List;

/** Rules for the keys that exporters share; every exporter's own rule begins with them. */
final class ExporterRules {

    private ExporterRules() {}

    static void check(Settings settings, RuleReport report) {
        if (settings.has("tls")) {
            tls(settings.section("tls"), report);
        }
        if (settings.has("sending_queue")) {
            queue(settings.section("sending_queue"), report);
        }
        if (settings.has("retry_on_failure")) {
            retry(settings.section("retry_on_failure"), report);
        }
    }

    private static void tls(Settings tls, RuleReport report) {
        for (String what : List.of("ca", "cert", "key")) {
            if (tls.has(what + "_file") && tls.has(what + "_pem")) {
                report.error("tls", "both of " + what + "_file and " + what + "_pem (expected: one of them)");
            }
        }
        boolean certificate = tls.has("cert_file") || tls.has("cert_pem");
        boolean key = tls.has("key_file") || tls.has("key_pem");
        if (certificate != key) {
            report.error(
                    "tls", (certificate ? "cert without key" : "key without cert") + " (expected: both or neither)");
        }
        if (tls.isKnown("min_version")
                && tls.isKnown("max_version")
                && tls.string("min_version").compareTo(tls.string("max_version")) > 0) {
            report.error(
                    "tls::min_version",
                    tls.string("min_version") + " (expected: at most max_version, which is " + tls.string("max_version")
                            + ")");
        }
    }

    private static void queue(Settings queue, RuleReport report) {
        if (queue.isKnown("wait_for_result") && queue.flag("wait_for_result") && queue.has("storage")) {
            report.error(
                    "sending_queue::wait_for_result",
                    "true beside storage (expected: one of both; what is on disk outlives whoever waits for it)");
        }
    }

    private static void retry(Settings retry, RuleReport report) {
        if (retry.isKnown("initial_interval")
                && retry.isKnown("max_interval")
                && retry.duration("initial_interval").compareTo(retry.duration("max_interval")) > 0) {
            report.error(
                    "retry_on_failure::initial_interval",
                    GoDuration.format(retry.duration("initial_interval"))
                            + " (expected: at most max_interval, which is "
                            + GoDuration.format(retry.duration("max_interval")) + ")");
        }
    }
}

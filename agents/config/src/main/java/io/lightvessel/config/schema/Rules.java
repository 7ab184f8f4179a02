package io.lightvessel.config.schema;

import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;

/** Rules between keys that several components share. */
final class Rules {

    private Rules() {}

    /** A limit below another limit, which has no effect while it is 0. */
    static void atMost(Settings settings, RuleReport report, String smaller, String larger) {
        if (!settings.isKnown(smaller) || settings.integer(larger) == 0) {
            return;
        }
        if (settings.integer(smaller) >= settings.integer(larger)) {
            report.error(
                    smaller,
                    settings.integer(smaller) + " (expected: less than " + larger + ", which is "
                            + settings.integer(larger) + ")");
        }
    }
}

package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;

/** The keys of the memory_limiter processor. */
final class MemoryLimiter {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "memory_limiter",
            Stability.STABLE,
            EnumSet.allOf(Signal.class),
            "Bounds the bytes of telemetry inside the agent and refuses what goes beyond.",
            keys(
                    duration(
                            "check_interval",
                            "0s",
                            "1s",
                            "How late the limit may be noticed; here it holds at every moment."),
                    whole("limit_mib", 0, 1L << 20, 0, "Limit in MiB."),
                    whole(
                            "spike_limit_mib",
                            0,
                            1L << 20,
                            0,
                            "Refuse this much below the limit; 0 means a fifth of it."),
                    whole("limit_percentage", 0, 100, 0, "Limit as a share of the memory the agent may use."),
                    whole("spike_limit_percentage", 0, 100, 0, "Refuse this much below the limit, as a share.")),
            MemoryLimiter::check);

    private MemoryLimiter() {}

    private static void check(Settings settings, RuleReport report) {
        if (!settings.isKnown("limit_mib") || !settings.isKnown("limit_percentage")) {
            return;
        }
        if (settings.integer("limit_mib") == 0 && settings.integer("limit_percentage") == 0) {
            report.error("", "no limit (expected: limit_mib or limit_percentage)");
        }
        Rules.atMost(settings, report, "spike_limit_mib", "limit_mib");
        Rules.atMost(settings, report, "spike_limit_percentage", "limit_percentage");
    }
}

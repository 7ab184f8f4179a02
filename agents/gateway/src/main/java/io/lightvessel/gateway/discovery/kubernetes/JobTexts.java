package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.Finding;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.discovery.kubernetes.monitors.InvalidMonitorException;
import io.lightvessel.gateway.scrape.config.ReceiverConfig;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Reads scrape configs that were made here exactly as if somebody had written them into the receiver's config, so that
 * the same checks and defaults hold.
 */
public final class JobTexts {

    private static final Environment NOTHING = Environment.of(Map.of());
    private static final int WIDTH = 120;

    private final ComponentId id;
    private final Settings receiver;
    private final Map<String, Object> global = new LinkedHashMap<>();

    /** @param receiver the settings of the prometheus receiver that the jobs are for */
    JobTexts(ComponentId id, Settings receiver) {
        this.id = id;
        this.receiver = receiver;
        // What jobs are checked against; they are read with all of the receiver's global.
        Settings written = receiver.section("config").section("global");
        for (String key : List.of("scrape_interval", "scrape_timeout")) {
            if (written.has(key)) {
                global.put(key, written.duration(key).toMillis() + "ms");
            }
        }
        written.optionalString("metric_name_validation_scheme")
                .ifPresent(scheme -> global.put("metric_name_validation_scheme", scheme));
    }

    ScrapeConfig read(Map<String, Object> job) throws InvalidMonitorException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("global", global);
        config.put("scrape_configs", List.of(literal(job)));
        ComponentParser.Outcome outcome =
                ComponentParser.parse(ComponentKind.RECEIVER, "prometheus", yaml(Map.of("config", config)), NOTHING);
        Settings settings = outcome.settings().orElseThrow(() -> new InvalidMonitorException(first(outcome)));
        return ReceiverConfig.job(
                id,
                receiver,
                settings.section("config").sections("scrape_configs").getFirst());
    }

    private static String first(ComponentParser.Outcome outcome) {
        for (Finding finding : outcome.findings()) {
            if (finding.isError()) {
                String path = finding.path().replace("config::scrape_configs::0::", "");
                return path + ": " + finding.message();
            }
        }
        return "not a scrape config";
    }

    /** Nothing in it is a placeholder: a monitor must not reach the gateway's environment. */
    private static Object literal(Object value) {
        return switch (value) {
            case String text -> text.replace("$", "$$");
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(String.valueOf(key), literal(inner)));
                yield copy;
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(inner -> copy.add(literal(inner)));
                yield copy;
            }
            default -> value;
        };
    }

    /** Jobs as YAML for people. */
    public static String yaml(Object jobs) {
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setWidth(WIDTH)
                        .setDereferenceAliases(true)
                        .build())
                .dumpToString(jobs);
    }
}

package io.lightvessel.topology;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineSpec;
import io.lightvessel.fleet.TelemetrySignal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds in an effective config where an agent is going to send, whether or not anything was sent yet. */
final class PlannedExporters {
    private static final int REMEMBERED = 256;

    // Replicas of a role run the same text, so one reading serves many agents and many refreshes.
    private final Map<String, List<Planned>> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Planned>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** An exporter that a pipeline ends in. */
    record Planned(String exporter, String endpoint, TelemetrySignal signal) {}

    /** Empty for a text that this version cannot read, a stock collector's for one: then only what flows is shown. */
    synchronized List<Planned> in(String effectiveConfig) {
        return read.computeIfAbsent(effectiveConfig, PlannedExporters::parse);
    }

    private static List<Planned> parse(String text) {
        if (!(ConfigParser.parse(text, Environment.UNRESOLVED)
                instanceof ParseOutcome.Valid(PipelineConfig config, var _))) {
            return List.of();
        }
        List<Planned> planned = new ArrayList<>();
        for (PipelineSpec pipeline : config.pipelines()) {
            TelemetrySignal signal = TelemetrySignal.valueOf(pipeline.signal().name());
            for (ComponentId exporter : pipeline.exporters()) {
                config.component(ComponentKind.EXPORTER, exporter)
                        .flatMap(PlannedExporters::endpoint)
                        .ifPresent(endpoint -> planned.add(new Planned(exporter.toString(), endpoint, signal)));
            }
        }
        return List.copyOf(planned);
    }

    private static Optional<String> endpoint(ComponentConfig exporter) {
        if (!exporter.settings().has("endpoint")) {
            return Optional.empty();
        }
        try {
            return Optional.of(exporter.settings().string("endpoint"));
        } catch (IllegalStateException e) {
            // A placeholder: only the agent knows its value, and says it with its first flow report.
            return Optional.empty();
        }
    }
}

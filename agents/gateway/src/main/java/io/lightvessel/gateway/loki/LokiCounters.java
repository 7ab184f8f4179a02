package io.lightvessel.gateway.loki;

import io.lightvessel.pipeline.ComponentMetrics;
import java.util.EnumMap;
import java.util.Map;

/** Counts log records that cannot be lines of a stream, by reason, where an operator can see them. */
final class LokiCounters {
    private final Map<Undeliverable, ComponentMetrics.Counter> counters = new EnumMap<>(Undeliverable.class);

    LokiCounters(ComponentMetrics metrics) {
        for (Undeliverable reason : Undeliverable.values()) {
            counters.put(
                    reason,
                    metrics.counter(
                            "lightvessel_loki_unconvertible_records",
                            "Log records that cannot be sent to Loki.",
                            Map.of("reason", reason.label())));
        }
    }

    void dropped(Map<Undeliverable, Long> records) {
        records.forEach((reason, amount) -> {
            ComponentMetrics.Counter counter = counters.get(reason);
            if (counter != null) {
                counter.add(amount);
            }
        });
    }
}

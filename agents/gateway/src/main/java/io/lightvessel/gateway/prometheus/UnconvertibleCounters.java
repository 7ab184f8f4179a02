package io.lightvessel.gateway.prometheus;

import io.lightvessel.pipeline.ComponentMetrics;
import java.util.EnumMap;
import java.util.Map;

/** Counts data points that have no form in remote write, by reason, where an operator can see them. */
final class UnconvertibleCounters {
    private final Map<Unconvertible, ComponentMetrics.Counter> counters = new EnumMap<>(Unconvertible.class);

    UnconvertibleCounters(ComponentMetrics metrics) {
        for (Unconvertible reason : Unconvertible.values()) {
            counters.put(
                    reason,
                    metrics.counter(
                            "lightvessel_prometheusremotewrite_unconvertible_points",
                            "Data points that have no form in remote write.",
                            Map.of("reason", reason.label())));
        }
    }

    void add(Map<Unconvertible, Long> dropped) {
        dropped.forEach((reason, amount) -> {
            ComponentMetrics.Counter counter = counters.get(reason);
            if (counter != null) {
                counter.add(amount);
            }
        });
    }
}

package io.lightvessel.gateway.prometheus;

import io.lightvessel.pipeline.ComponentMetrics;
import java.util.EnumMap;
import java.util.Map;

/** Counts what ledgers cannot tell: why data points have no form in remote write, and exemplars that got lost. */
final class WriteCounters {
    private final Map<Unconvertible, ComponentMetrics.Counter> unconvertible = new EnumMap<>(Unconvertible.class);
    private final ComponentMetrics.Counter exemplars;

    WriteCounters(ComponentMetrics metrics) {
        for (Unconvertible reason : Unconvertible.values()) {
            unconvertible.put(
                    reason,
                    metrics.counter(
                            "lightvessel_prometheusremotewrite_unconvertible_points",
                            "Data points that have no form in remote write.",
                            Map.of("reason", reason.label())));
        }
        exemplars = metrics.counter(
                "lightvessel_prometheusremotewrite_unwritten_exemplars",
                "Exemplars that the receiver did not write.",
                Map.of());
    }

    void dropped(Map<Unconvertible, Long> points) {
        points.forEach((reason, amount) -> {
            ComponentMetrics.Counter counter = unconvertible.get(reason);
            if (counter != null) {
                counter.add(amount);
            }
        });
    }

    void exemplarsUnwritten(long amount) {
        exemplars.add(amount);
    }
}

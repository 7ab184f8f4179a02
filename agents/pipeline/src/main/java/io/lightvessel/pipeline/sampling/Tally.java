package io.lightvessel.pipeline.sampling;

import io.lightvessel.pipeline.ComponentMetrics;
import java.util.Locale;
import java.util.Map;

/** Counts decisions by policy, and reports them once per request under the Collector's names. Used by one thread. */
final class Tally {

    private static final Decision.Policy[] POLICIES = Decision.Policy.values();

    private final ComponentMetrics.Counter[] counters = new ComponentMetrics.Counter[2 * POLICIES.length];
    private final long[] counts = new long[2 * POLICIES.length];

    /** @param attribute the attribute that decisions may be made by */
    Tally(ComponentMetrics metrics, String name, String help, String attribute) {
        for (Decision.Policy policy : POLICIES) {
            String label = policy == Decision.Policy.ATTRIBUTE
                    ? attribute
                    : policy.name().toLowerCase(Locale.ROOT);
            for (int sampled = 0; sampled < 2; sampled++) {
                counters[2 * policy.ordinal() + sampled] = metrics.counter(
                        name, help, Map.of("policy", label, "sampled", sampled == 1 ? "true" : "false"));
            }
        }
    }

    void add(Decision.Policy policy, boolean sampled) {
        counts[2 * policy.ordinal() + (sampled ? 1 : 0)]++;
    }

    void report() {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                counters[i].add(counts[i]);
                counts[i] = 0;
            }
        }
    }
}

package io.lightvessel.pipeline.disk;

import java.util.HashMap;
import java.util.Map;

/** Amounts by pipeline. */
final class Amounts {

    private final Map<String, Amount> byPipeline = new HashMap<>();

    void add(String pipeline, Amount amount) {
        byPipeline.merge(pipeline, amount, Amount::plus);
    }

    void add(Amounts other) {
        other.byPipeline.forEach(this::add);
    }

    void subtract(String pipeline, Amount amount) {
        byPipeline.compute(pipeline, (_, before) -> {
            Amount left = (before == null ? Amount.ZERO : before).minus(amount);
            return left.isZero() ? null : left;
        });
    }

    boolean isEmpty() {
        return byPipeline.isEmpty();
    }

    void clear() {
        byPipeline.clear();
    }

    Map<String, Amount> copy() {
        return Map.copyOf(byPipeline);
    }
}

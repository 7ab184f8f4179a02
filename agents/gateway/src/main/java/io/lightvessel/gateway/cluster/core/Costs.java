package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.TargetKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What targets cost on average of late, and which of that is worth telling. */
final class Costs {

    private static final double NEW_SHARE = 0.3;
    private static final double WORTH_TELLING = 0.15;

    private static final class Average {
        double value;
        double told = -1;
    }

    private final Map<TargetKey, Average> averages = new HashMap<>();
    private final Set<TargetKey> toTell = new HashSet<>();

    void measured(TargetKey key, long cost) {
        Average average = averages.get(key);
        if (average == null) {
            average = new Average();
            average.value = cost;
            averages.put(key, average);
        } else {
            average.value += NEW_SHARE * (cost - average.value);
        }
        if (average.told < 0 || Math.abs(average.value - average.told) > WORTH_TELLING * average.told) {
            toTell.add(key);
        }
    }

    void forget(TargetKey key) {
        averages.remove(key);
        toTell.remove(key);
    }

    List<Content.Cost> all() {
        toTell.addAll(averages.keySet());
        return changed();
    }

    List<Content.Cost> changed() {
        if (toTell.isEmpty()) {
            return List.of();
        }
        List<Content.Cost> changed = new ArrayList<>();
        for (TargetKey key : toTell) {
            Average average = averages.get(key);
            if (average != null) {
                average.told = average.value;
                changed.add(new Content.Cost(key, Math.max(1, Math.round(average.value))));
            }
        }
        toTell.clear();
        return changed;
    }
}

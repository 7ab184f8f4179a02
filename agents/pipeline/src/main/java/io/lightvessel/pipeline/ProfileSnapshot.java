package io.lightvessel.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the CPUs of a machine were found doing.
 *
 * @param from when the oldest samples were taken; null without any
 * @param to when the newest were taken; null without any
 * @param samples how many samples the graph is made of
 * @param processes all that were found running, the busiest first, whatever the query asks for
 * @param problems what keeps it from seeing everything, or anything; a sentence each
 */
public record ProfileSnapshot(
        @Nullable Instant from,
        @Nullable Instant to,
        long samples,
        List<ProcessShare> processes,
        FlameGraph graph,
        List<String> problems) {

    public ProfileSnapshot {
        processes = List.copyOf(processes);
        problems = List.copyOf(problems);
    }

    /**
     * A process and how much it ran.
     *
     * @param key tells it from others with the same number
     * @param labels what its profiles are found by, such as {@code service_name} and {@code pod}
     */
    public record ProcessShare(String key, Map<String, String> labels, long cpuNanos) {
        public ProcessShare {
            labels = Map.copyOf(labels);
        }
    }
}

package io.lightvessel.profiles;

import io.lightvessel.fleet.AgentId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster's profilers saw.
 *
 * @param from when the oldest samples were taken; null without any
 * @param to when the newest were taken; null without any
 * @param samples that the graph is made of
 * @param processes the busiest first, whatever the query asks for
 * @param nodes of the graph: callers stand before what they called; the first is the root; empty without samples
 * @param left how many nodes were left out because they were small
 */
public record ProfileAnswers(
        @Nullable Instant from,
        @Nullable Instant to,
        long samples,
        List<Process> processes,
        List<Node> nodes,
        long left,
        List<Profiler> profilers) {

    public ProfileAnswers {
        processes = List.copyOf(processes);
        nodes = List.copyOf(nodes);
        profilers = List.copyOf(profilers);
    }

    /**
     * A process on one of the nodes.
     *
     * @param key tells it from others on its node, also from those that had its number before
     * @param labels service_name, and namespace, pod, container, node, pid and comm where known
     */
    public record Process(AgentId agent, String key, Map<String, String> labels, long cpuNanos) {
        public Process {
            labels = Map.copyOf(labels);
        }

        public String service() {
            return labels.getOrDefault("service_name", "unspecified");
        }
    }

    /**
     * A function in its place.
     *
     * @param depth 0 for the root
     * @param totalNanos how long it was on the stack
     * @param selfNanos how long it ran itself
     */
    public record Node(String name, int depth, long totalNanos, long selfNanos) {}

    /**
     * One agent that was asked.
     *
     * @param silent why it did not answer, as a sentence; null when it did
     * @param configured whether its config has a profiler at all
     * @param problems what keeps it from seeing everything, or anything; a sentence each
     */
    public record Profiler(
            AgentId agent, String name, @Nullable String silent, boolean configured, List<String> problems) {
        public Profiler {
            problems = List.copyOf(problems);
        }
    }
}

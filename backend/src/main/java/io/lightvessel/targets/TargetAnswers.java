package io.lightvessel.targets;

import io.lightvessel.fleet.AgentId;
import io.lightvessel.platform.Page;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster's gateways said about their targets.
 *
 * @param counts by state, of all targets, matching or not
 */
public record TargetAnswers(Page<Target> targets, Map<TargetState, Integer> counts, List<Replica> replicas) {

    public TargetAnswers {
        counts = Map.copyOf(counts);
        replicas = List.copyOf(replicas);
    }

    /**
     * One gateway that was asked.
     *
     * @param silent why it did not answer, as a sentence; null when it did
     * @param problems what keeps it from seeing or scraping everything, a sentence each
     * @param member its part in the cluster of replicas; null when replicas do not share targets
     */
    public record Replica(
            AgentId agent,
            String name,
            @Nullable String silent,
            List<String> problems,
            @Nullable Member member) {

        public Replica {
            problems = List.copyOf(problems);
        }
    }

    /**
     * How a replica sees the cluster of replicas.
     *
     * @param view the number of the view it goes by; replicas that agree have the same
     * @param state joining, settled, moving or fenced
     * @param coordinator whether it decides who owns what
     * @param load its part of the work, 1.0 being the average
     */
    public record Member(
            String name, long view, String state, boolean coordinator, int targets, double load, int members) {}
}

package io.lightvessel.profiles;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.fleet.AgentQuestions;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.wire.profiles.ProcessShare;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import io.lightvessel.wire.profiles.ProfilesQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Asks the agents on a cluster's nodes, of the tenant in scope, what their CPUs ran, and makes one graph of the answers. */
@Service
public class ProfileService {
    private static final int MOST_NODES = 3000;
    private static final int MOST_PROCESSES = 1000;
    private static final int MOST_PER_AGENT = 500;
    private static final int MOST_LABELS = 20;
    private static final int MOST_PROBLEMS = 20;
    private static final int LONGEST_TEXT = 1000;

    private final AgentQuestions questions;
    private final AgentService agents;

    ProfileService(AgentQuestions questions, AgentService agents) {
        this.questions = questions;
        this.agents = agents;
    }

    /** Waits for the agents, up to five seconds. */
    @Requires(Permission.AGENT_READ)
    public ProfileAnswers find(ClusterId cluster, ProfileQuery wanted) {
        ProfilesQuery.Builder query = ProfilesQuery.newBuilder()
                .setService(wanted.service())
                .setProcess(wanted.process())
                .setLastSeconds((int) wanted.last().toSeconds())
                .setMostNodes(MOST_NODES);
        FlameMerge graph = new FlameMerge();
        List<ProfileAnswers.Profiler> profilers = new ArrayList<>();
        List<ProfileAnswers.Process> processes = new ArrayList<>();
        @Nullable Instant from = null;
        @Nullable Instant to = null;
        long samples = 0;
        long left = 0;
        for (AgentQuestions.Outcome<ProfilesAnswer> outcome : questions.profiles(cluster, wanted.agent(), query)) {
            switch (outcome) {
                case AgentQuestions.Outcome.Silent<ProfilesAnswer>(AgentId agent, String reason) ->
                    profilers.add(new ProfileAnswers.Profiler(agent, name(agent), reason, false, List.of()));
                case AgentQuestions.Outcome.Answered<ProfilesAnswer>(AgentId agent, ProfilesAnswer answer) -> {
                    graph.add(answer);
                    from = earlier(from, instant(answer.getFromUnixNano()));
                    to = later(to, instant(answer.getToUnixNano()));
                    samples += Math.clamp(answer.getSamples(), 0, Integer.MAX_VALUE);
                    left += Math.max(0, answer.getLeft());
                    answer.getProcessesList().stream()
                            .limit(MOST_PER_AGENT)
                            .forEach(process -> processes.add(process(agent, process)));
                    profilers.add(new ProfileAnswers.Profiler(
                            agent, name(agent), null, answer.getProfiles(), problems(answer)));
                }
            }
        }
        List<ProfileAnswers.Node> nodes = graph.nodes(MOST_NODES);
        return new ProfileAnswers(
                from,
                to,
                samples,
                processes.stream()
                        .sorted(Comparator.comparingLong(ProfileAnswers.Process::cpuNanos)
                                .reversed()
                                .thenComparing(ProfileAnswers.Process::key))
                        .limit(MOST_PROCESSES)
                        .toList(),
                nodes,
                left + Math.max(0, graph.places() - Math.max(1, nodes.size())),
                profilers);
    }

    private static ProfileAnswers.Process process(AgentId agent, ProcessShare told) {
        Map<String, String> labels = new HashMap<>();
        told.getLabelsMap().entrySet().stream()
                .limit(MOST_LABELS)
                .forEach(label -> labels.put(bounded(label.getKey()), bounded(label.getValue())));
        return new ProfileAnswers.Process(
                agent, bounded(told.getKey()), labels, Math.clamp(told.getCpuNano(), 0, Long.MAX_VALUE / 1_000_000));
    }

    private static List<String> problems(ProfilesAnswer answer) {
        return answer.getProblemsList().stream()
                .limit(MOST_PROBLEMS)
                .map(ProfileService::bounded)
                .toList();
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    private static @Nullable Instant instant(long nanos) {
        return nanos <= 0 ? null : Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private String name(AgentId agent) {
        return agents.find(agent).map(found -> found.name()).orElse(agent.toString());
    }
}

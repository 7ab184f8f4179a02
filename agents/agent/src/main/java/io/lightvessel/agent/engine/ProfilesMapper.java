package io.lightvessel.agent.engine;

import io.lightvessel.config.ComponentId;
import io.lightvessel.pipeline.FlameGraph;
import io.lightvessel.pipeline.ProfileQuery;
import io.lightvessel.pipeline.ProfileSnapshot;
import io.lightvessel.pipeline.ProfileSource;
import io.lightvessel.wire.profiles.FlameNodes;
import io.lightvessel.wire.profiles.ProcessShare;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import io.lightvessel.wire.profiles.ProfilesQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers the control plane's questions about profiles. */
final class ProfilesMapper {
    private static final int MOST_SECONDS = 3600;
    private static final int MOST_NODES = 5000;

    private ProfilesMapper() {}

    /** A config with several profilers on one machine is answered by the first that saw anything. */
    static ProfilesAnswer answer(ProfilesQuery query, Map<ComponentId, ProfileSource> sources) {
        ProfilesAnswer.Builder answer =
                ProfilesAnswer.newBuilder().setQueryId(query.getQueryId()).setProfiles(!sources.isEmpty());
        ProfileQuery wanted = new ProfileQuery(
                query.getService(),
                query.getProcess(),
                Duration.ofSeconds(Math.clamp(query.getLastSeconds(), 1, MOST_SECONDS)),
                Math.clamp(query.getMostNodes(), 1, MOST_NODES));
        sources.forEach((receiver, source) -> {
            ProfileSnapshot snapshot = source.profiles(wanted);
            snapshot.problems().forEach(problem -> answer.addProblems(receiver + ": " + problem));
            if (!answer.hasNodes() && snapshot.to() != null) {
                put(answer, snapshot);
            }
        });
        return answer.build();
    }

    private static void put(ProfilesAnswer.Builder answer, ProfileSnapshot snapshot) {
        answer.setFromUnixNano(nanos(snapshot.from()))
                .setToUnixNano(nanos(snapshot.to()))
                .setSamples(snapshot.samples())
                .setLeft(snapshot.graph().left());
        for (ProfileSnapshot.ProcessShare process : snapshot.processes()) {
            answer.addProcesses(ProcessShare.newBuilder()
                    .setKey(process.key())
                    .putAllLabels(process.labels())
                    .setCpuNano(process.cpuNanos()));
        }
        Map<String, Integer> names = new LinkedHashMap<>();
        FlameNodes.Builder nodes = FlameNodes.newBuilder();
        for (FlameGraph.Node node : snapshot.graph().nodes()) {
            nodes.addName(names.computeIfAbsent(node.name(), _ -> names.size()))
                    .addDepth(node.depth())
                    .addTotalNano(node.total())
                    .addSelfNano(node.self());
        }
        answer.addAllNames(names.keySet()).setNodes(nodes);
    }

    private static long nanos(@Nullable Instant at) {
        return at == null ? 0 : at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }
}

package io.lightvessel.targets;

import io.lightvessel.fleet.AgentId;
import io.lightvessel.wire.targets.ClusterView;
import io.lightvessel.wire.targets.TargetStatus;
import io.lightvessel.wire.targets.TargetsAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes one list of what several replicas say: who owns a target knows best, and nobody is believed about others'. */
final class TargetMerge {
    private static final int MAX_TEXT = 2000;

    private final Map<String, Target> byKey = new TreeMap<>();

    void add(AgentId agent, TargetStatus status) {
        Target fresh = target(agent, status);
        byKey.merge(fresh.key(), fresh, TargetMerge::better);
    }

    private static Target better(Target known, Target fresh) {
        if (fresh.owners().isEmpty() || known.owners().isEmpty()) {
            return fresh.owners().isEmpty() ? known : fresh;
        }
        List<AgentId> owners = new ArrayList<>(known.owners());
        owners.addAll(fresh.owners());
        return new Target(
                known.key(),
                known.receiver(),
                known.job(),
                known.kind(),
                known.url(),
                known.labels(),
                known.state(),
                known.error(),
                known.lastScrape(),
                known.lastDuration(),
                known.samples(),
                known.nextScrape(),
                known.ownedSince(),
                owners,
                known.predictedOwner());
    }

    private static Target target(AgentId agent, TargetStatus status) {
        TargetState state = TargetState.of(status.getState());
        boolean owned = state != TargetState.UNOWNED && state != TargetState.DROPPED;
        return new Target(
                bounded(status.getKey()),
                bounded(status.getReceiver()),
                bounded(status.getJob()),
                bounded(status.getKind()),
                bounded(status.getUrl()),
                status.getLabelsMap(),
                state,
                bounded(status.getError()),
                instant(status.getLastScrapeUnixNano()),
                Duration.ofNanos(Math.max(0, status.getLastDurationNano())),
                Math.max(0, status.getLastSamples()),
                instant(status.getNextScrapeUnixNano()),
                instant(status.getOwnedSinceUnixNano()),
                owned ? List.of(agent) : List.of(),
                status.getPredictedOwner().isEmpty() ? null : bounded(status.getPredictedOwner()));
    }

    private static @Nullable Instant instant(long nanos) {
        return nanos <= 0 ? null : Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    private static String bounded(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    static TargetAnswers.Replica replica(AgentId agent, String name, TargetsAnswer answer) {
        return new TargetAnswers.Replica(
                agent,
                name,
                null,
                answer.getProblemsList().stream().map(TargetMerge::bounded).toList(),
                answer.hasCluster() ? member(answer.getCluster()) : null);
    }

    private static TargetAnswers.Member member(ClusterView view) {
        return view.getMembersList().stream()
                .filter(member -> member.getName().equals(view.getSelf()))
                .findFirst()
                .map(self -> new TargetAnswers.Member(
                        bounded(self.getName()),
                        view.getView(),
                        bounded(view.getState()),
                        self.getCoordinator(),
                        self.getTargets(),
                        self.getLoad(),
                        view.getMembersCount()))
                .orElseGet(() -> new TargetAnswers.Member(
                        bounded(view.getSelf()),
                        view.getView(),
                        bounded(view.getState()),
                        false,
                        0,
                        0,
                        view.getMembersCount()));
    }

    /** The first so many that are wanted, by key. */
    List<Target> targets(int limit, Predicate<Target> wanted) {
        return byKey.values().stream().filter(wanted).limit(limit).toList();
    }
}

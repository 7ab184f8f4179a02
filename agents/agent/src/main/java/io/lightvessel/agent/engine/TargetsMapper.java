package io.lightvessel.agent.engine;

import io.lightvessel.config.ComponentId;
import io.lightvessel.pipeline.ClusterMember;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSource;
import io.lightvessel.wire.targets.ClusterView;
import io.lightvessel.wire.targets.Member;
import io.lightvessel.wire.targets.TargetStatus;
import io.lightvessel.wire.targets.TargetsAnswer;
import io.lightvessel.wire.targets.TargetsQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers the control plane's questions about targets: filters, pages, and puts the rest into wire form. */
final class TargetsMapper {
    private static final int MAX_LIMIT = 1000;

    private final TargetsQuery query;
    private final String text;

    private TargetsMapper(TargetsQuery query) {
        this.query = query;
        this.text = query.getText().toLowerCase(Locale.ROOT);
    }

    private record Row(String key, ComponentId receiver, String kind, TargetSnapshot target) {}

    static TargetsAnswer answer(
            TargetsQuery query, Map<ComponentId, TargetSource> sources, Optional<ClusterMember.Status> cluster) {
        return new TargetsMapper(query).answer(sources, cluster);
    }

    private TargetsAnswer answer(Map<ComponentId, TargetSource> sources, Optional<ClusterMember.Status> cluster) {
        TargetsAnswer.Builder answer = TargetsAnswer.newBuilder().setQueryId(query.getQueryId());
        List<Row> rows = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        sources.forEach((receiver, source) -> {
            String kind = receiver.type().equals("pprof") ? "profiles" : "metrics";
            source.targetProblems().forEach(problem -> answer.addProblems(receiver + ": " + problem));
            for (TargetSnapshot target : source.targets()) {
                // What another replica owns, that one tells.
                if (target.state() != TargetSnapshot.State.ELSEWHERE) {
                    counts.merge(state(target), 1, Integer::sum);
                    rows.add(new Row(key(receiver, target), receiver, kind, target));
                }
            }
        });
        answer.putAllCounts(counts);
        cluster.ifPresent(status -> answer.setCluster(view(status)));
        List<Row> wanted = rows.stream()
                .filter(this::isWanted)
                .sorted(Comparator.comparing(Row::key))
                .toList();
        int limit = Math.clamp(query.getLimit(), 1, MAX_LIMIT);
        wanted.stream().limit(limit).forEach(row -> answer.addTargets(status(row)));
        return answer.setMore(wanted.size() > limit).build();
    }

    private static String key(ComponentId receiver, TargetSnapshot target) {
        return receiver + " " + target.job() + " " + HexFormat.of().toHexDigits(target.hash());
    }

    private static String state(TargetSnapshot target) {
        return target.state().name().toLowerCase(Locale.ROOT);
    }

    private boolean isWanted(Row row) {
        TargetSnapshot target = row.target();
        return row.key().compareTo(query.getAfter()) > 0
                && (query.getJob().isEmpty() || query.getJob().equals(target.job()))
                && (query.getState().isEmpty() || query.getState().equals(state(target)))
                && (text.isEmpty()
                        || contains(target.job())
                        || contains(target.url())
                        || target.labels().values().stream().anyMatch(this::contains));
    }

    private boolean contains(String value) {
        return value.toLowerCase(Locale.ROOT).contains(text);
    }

    private static TargetStatus status(Row row) {
        TargetSnapshot target = row.target();
        TargetStatus.Builder status = TargetStatus.newBuilder()
                .setKey(row.key())
                .setReceiver(row.receiver().toString())
                .setJob(target.job())
                .setKind(row.kind())
                .setUrl(target.url())
                .putAllLabels(target.labels())
                .setState(state(target))
                .setError(target.error())
                .setLastScrapeUnixNano(nanos(target.lastScrape()))
                .setLastDurationNano(target.lastDuration().toNanos())
                .setLastSamples(target.lastAmount())
                .setNextScrapeUnixNano(nanos(target.nextScrape()))
                .setOwnedSinceUnixNano(nanos(target.ownedSince()));
        String predicted = target.predictedOwner();
        return status.setPredictedOwner(predicted == null ? "" : predicted).build();
    }

    private static long nanos(@Nullable Instant at) {
        return at == null ? 0 : at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }

    private static ClusterView view(ClusterMember.Status status) {
        ClusterView.Builder view = ClusterView.newBuilder()
                .setSelf(status.self())
                .setView(status.view())
                .setState(status.phase().name().toLowerCase(Locale.ROOT));
        for (ClusterMember.Member member : status.members()) {
            view.addMembers(Member.newBuilder()
                    .setName(member.name())
                    .setAddress(member.address())
                    .setCoordinator(member.coordinator())
                    .setTargets(member.targets())
                    .setLoad(member.load()));
        }
        return view.build();
    }
}

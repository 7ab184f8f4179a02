package io.lightvessel.gateway.cluster;

import io.lightvessel.gateway.cluster.core.Content;
import io.lightvessel.gateway.cluster.core.Member;
import io.lightvessel.gateway.cluster.core.Message.Standing;
import io.lightvessel.gateway.cluster.core.Snapshot;
import io.lightvessel.pipeline.ComponentMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** A replica's own metrics of its part in the cluster: what it counts, and what it was like a second ago at most. */
final class ClusterMetrics {

    private static final String MOVES = "lightvessel_cluster_moves_total";
    private static final String MOVES_HELP =
            "Targets that this replica took over or gave away, by whether what the owner before knew came along.";

    private record State(
            int members, long view, long owned, long unowned, long moving, boolean leads, boolean fenced) {}

    private final ComponentMetrics.Counter takenOver;
    private final ComponentMetrics.Counter takenBlindly;
    private final ComponentMetrics.Counter given;
    private final ComponentMetrics.Counter lost;
    private final ComponentMetrics.Counter fencedSeconds;
    private volatile State state = new State(0, 0, 0, 0, 0, false, false);
    private long fencedNanos;

    ClusterMetrics(ComponentMetrics metrics) {
        takenOver = metrics.counter(MOVES, MOVES_HELP, Map.of("direction", "in", "handover", "yes"));
        takenBlindly = metrics.counter(MOVES, MOVES_HELP, Map.of("direction", "in", "handover", "no"));
        given = metrics.counter(MOVES, MOVES_HELP, Map.of("direction", "out", "handover", "yes"));
        lost = metrics.counter(MOVES, MOVES_HELP, Map.of("direction", "out", "handover", "no"));
        fencedSeconds = metrics.counter(
                "lightvessel_cluster_fenced_seconds_total",
                "Time in which this replica belonged to a view but had no lease, and so scraped nothing.",
                Map.of());
        gauge(metrics, "members", "Replicas in the view, this one among them; 0 in none.", State::members);
        gauge(metrics, "view", "The number of the view; replicas that agree have the same.", State::view);
        gauge(metrics, "targets_owned", "Targets that this replica owns, as the coordinator told.", State::owned);
        gauge(metrics, "targets_unowned", "Targets that nobody owns, as the coordinator told.", State::unowned);
        gauge(metrics, "targets_moving", "Targets on their way from one replica to another.", State::moving);
        gauge(metrics, "coordinator", "1 where this replica coordinates.", now -> now.leads() ? 1 : 0);
        gauge(metrics, "fenced", "1 while this replica is cut off and scrapes nothing.", now -> now.fenced() ? 1 : 0);
    }

    private void gauge(ComponentMetrics metrics, String name, String help, ToDoubleFunction<State> value) {
        metrics.gauge("lightvessel_cluster_" + name, help, Map.of(), () -> value.applyAsDouble(state));
    }

    /** Counts for nobody. */
    static ClusterMetrics none() {
        return new ClusterMetrics(new ComponentMetrics() {
            @Override
            public Counter counter(String name, String help, Map<String, String> labels) {
                return _ -> {};
            }

            @Override
            public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                // Nobody looks.
            }
        });
    }

    void taken(boolean handedOver) {
        (handedOver ? takenOver : takenBlindly).add(1);
    }

    void given(boolean handedOver) {
        (handedOver ? given : lost).add(1);
    }

    /** @param since nanoseconds since it was looked at before; by one thread */
    void looked(Member self, Snapshot snapshot, long since) {
        long owned = 0;
        long unowned = 0;
        long moving = 0;
        for (Content.Row row : snapshot.rows()) {
            owned += self.id().equals(row.owner()) ? 1 : 0;
            unowned += row.owner() == null ? 1 : 0;
            moving += row.owner() != null && row.to() != null ? 1 : 0;
        }
        boolean fenced = snapshot.standing() == Standing.CUT_OFF;
        state = new State(
                snapshot.view() == 0 ? 0 : snapshot.members().size(),
                snapshot.view(),
                fenced ? 0 : owned,
                unowned,
                moving,
                self.id().equals(snapshot.coordinator()),
                fenced);
        if (fenced) {
            fencedNanos += since;
            long whole = Duration.ofNanos(fencedNanos).toSeconds();
            fencedSeconds.add(whole);
            fencedNanos -= Duration.ofSeconds(whole).toNanos();
        }
    }
}

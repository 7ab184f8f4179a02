package io.lightvessel.agent.debug;

import io.lightvessel.config.PipelineId;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.FlowSnapshot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes rates of cumulative counts by keeping a few snapshots of the last seconds. Snapshots are taken when somebody
 * asks, so nobody looking costs nothing; the first answer has no rates yet.
 */
final class Rates {
    private static final Duration APART = Duration.ofMillis(900);
    private static final Duration SHORTEST = Duration.ofMillis(900);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Supplier<FlowSnapshot> source;
    private final Deque<FlowSnapshot> past = new ArrayDeque<>();

    Rates(Supplier<FlowSnapshot> source) {
        this.source = source;
    }

    /** What has passed, and how it was a few seconds ago when that is known. */
    record View(FlowSnapshot now, Optional<FlowSnapshot> before) {

        /** Per second; empty when it is not known yet. */
        Optional<Rate> rate(Function<FlowSnapshot, Count> part) {
            return before.map(earlier -> {
                double seconds = Duration.between(earlier.time(), now.time()).toNanos() / 1e9;
                Count grown = part.apply(now).minus(part.apply(earlier));
                // A pipeline that was taken away and came back may count less than before.
                return new Rate(Math.max(0, grown.records()) / seconds, Math.max(0, grown.bytes()) / seconds);
            });
        }

        static Count edge(FlowSnapshot flow, PipelineId pipeline, String from, String to) {
            return flow.edges().stream()
                    .filter(edge -> edge.pipeline().equals(pipeline)
                            && edge.from().equals(from)
                            && edge.to().equals(to))
                    .findFirst()
                    .map(FlowSnapshot.Edge::amount)
                    .orElse(Count.ZERO);
        }

        static Optional<FlowSnapshot.Ledger> ledger(FlowSnapshot flow, PipelineId pipeline) {
            return flow.pipelines().stream()
                    .filter(ledger -> ledger.pipeline().equals(pipeline))
                    .findFirst();
        }
    }

    /** Records and bytes per second. */
    record Rate(double records, double bytes) {}

    synchronized View look() {
        FlowSnapshot now = source.get();
        while (!past.isEmpty() && age(past.peekFirst(), now).compareTo(LONGEST) > 0) {
            past.removeFirst();
        }
        Optional<FlowSnapshot> before = past.stream()
                .filter(flow -> age(flow, now).compareTo(SHORTEST) >= 0)
                .findFirst();
        if (past.isEmpty() || age(past.peekLast(), now).compareTo(APART) >= 0) {
            past.addLast(now);
        }
        return new View(now, before);
    }

    private static Duration age(FlowSnapshot earlier, FlowSnapshot now) {
        return Duration.between(earlier.time(), now.time());
    }
}

package io.lightvessel.fleet;

import io.lightvessel.wire.flow.Count;
import io.lightvessel.wire.flow.DestinationFlow;
import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.flow.PipelineLedger;
import io.lightvessel.wire.flow.SourceFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns an agent's cumulative counters into rates. Not thread-safe; its agent guards it. */
final class FlowTracker {
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(5);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(60);
    private static final int STALE_AFTER_INTERVALS = 3;

    private @Nullable FlowReport previous;
    private @Nullable FlowReport last;
    private Instant lastAt = Instant.EPOCH;
    private Duration interval = SHORTEST_INTERVAL;

    /** Takes a report; one that is older than what is known says nothing new and is ignored. */
    void add(FlowReport report, Instant now) {
        FlowReport known = last;
        if (known != null && report.getTimeUnixNano() <= known.getTimeUnixNano()) {
            if (report.getStartTimeUnixNano() == known.getStartTimeUnixNano()) {
                return;
            }
            // Another process whose clock is behind: nothing of the old one can be compared.
            known = null;
        }
        if (known != null) {
            interval = clamped(Duration.between(lastAt, now));
        }
        previous = known;
        last = report;
        lastAt = now;
    }

    boolean sawData() {
        FlowReport report = last;
        return report != null
                && report.getPipelinesList().stream()
                        .anyMatch(ledger -> ledger.getReceived().getRecords() > 0);
    }

    AgentRates rates(Instant now) {
        FlowReport report = last;
        if (report == null) {
            return AgentRates.ZERO;
        }
        Window window = window(report, now);
        Rate received = Rate.ZERO;
        Rate delivered = Rate.ZERO;
        Rate dropped = Rate.ZERO;
        long queued = 0;
        Map<TelemetrySignal, Rate> bySignal = new EnumMap<>(TelemetrySignal.class);
        Map<Object, PipelineLedger> before = index(window.before().getPipelinesList(), FlowTracker::key);
        for (PipelineLedger ledger : report.getPipelinesList()) {
            PipelineLedger then = before.getOrDefault(key(ledger), PipelineLedger.getDefaultInstance());
            Rate in = window.rate(ledger.getReceived(), then.getReceived());
            received = received.plus(in);
            delivered = delivered.plus(window.rate(ledger.getDelivered(), then.getDelivered()));
            dropped = dropped.plus(window.rate(sum(ledger.getDroppedMap()), sum(then.getDroppedMap())));
            queued += window.live() ? ledger.getQueued().getRecords() : 0;
            TelemetrySignal.ofWireName(ledger.getSignal()).ifPresent(signal -> bySignal.merge(signal, in, Rate::plus));
        }
        return new AgentRates(received, delivered, dropped, bySignal, queued);
    }

    List<AgentFlow.Source> sources(Instant now) {
        FlowReport report = last;
        if (report == null) {
            return List.of();
        }
        Window window = window(report, now);
        Map<Object, SourceFlow> before = index(window.before().getSourcesList(), FlowTracker::key);
        List<AgentFlow.Source> sources = new ArrayList<>();
        for (SourceFlow source : report.getSourcesList()) {
            SourceFlow then = before.getOrDefault(key(source), SourceFlow.getDefaultInstance());
            Rate rate = window.rate(source.getRecords(), source.getBytes(), then.getRecords(), then.getBytes());
            TelemetrySignal.ofWireName(source.getSignal())
                    .ifPresent(signal -> sources.add(new AgentFlow.Source(
                            source.getServiceName(),
                            source.getServiceNamespace(),
                            source.getReceiver(),
                            signal,
                            rate)));
        }
        return sources;
    }

    List<AgentFlow.Destination> destinations(Instant now) {
        FlowReport report = last;
        if (report == null) {
            return List.of();
        }
        Window window = window(report, now);
        Map<Object, DestinationFlow> before = index(window.before().getDestinationsList(), FlowTracker::key);
        List<AgentFlow.Destination> destinations = new ArrayList<>();
        for (DestinationFlow flow : report.getDestinationsList()) {
            DestinationFlow then = before.getOrDefault(key(flow), DestinationFlow.getDefaultInstance());
            Rate rate = window.rate(flow.getRecords(), flow.getBytes(), then.getRecords(), then.getBytes());
            double failed = window.perSecond(flow.getFailedRecords(), then.getFailedRecords());
            TelemetrySignal.ofWireName(flow.getSignal())
                    .ifPresent(signal -> destinations.add(new AgentFlow.Destination(
                            flow.getExporter(),
                            flow.getEndpoint(),
                            signal,
                            rate,
                            failed,
                            window.live() ? flow.getQueuedRecords() : 0,
                            Texts.bounded(flow.getLastError(), 1024))));
        }
        return destinations;
    }

    private Window window(FlowReport report, Instant now) {
        boolean live = now.isBefore(lastAt.plus(interval.multipliedBy(STALE_AFTER_INTERVALS)));
        FlowReport before = previous;
        if (!live || before == null) {
            return new Window(report, 0, live);
        }
        if (before.getStartTimeUnixNano() != report.getStartTimeUnixNano()) {
            // Restarted in between: its counters began at zero, at its start.
            return new Window(
                    FlowReport.getDefaultInstance(),
                    seconds(report.getTimeUnixNano() - report.getStartTimeUnixNano()),
                    true);
        }
        return new Window(before, seconds(report.getTimeUnixNano() - before.getTimeUnixNano()), true);
    }

    /** What the latest report is compared with, and the time between the two; no seconds, no rate. */
    private record Window(FlowReport before, double seconds, boolean live) {
        Rate rate(Count after, Count then) {
            return rate(after.getRecords(), after.getBytes(), then.getRecords(), then.getBytes());
        }

        Rate rate(long records, long bytes, long recordsBefore, long bytesBefore) {
            return new Rate(perSecond(records, recordsBefore), perSecond(bytes, bytesBefore));
        }

        double perSecond(long after, long then) {
            return seconds <= 0 || after < then ? 0 : (after - then) / seconds;
        }
    }

    private static Count sum(Map<String, Count> dropped) {
        long records = 0;
        long bytes = 0;
        for (Count count : dropped.values()) {
            records += count.getRecords();
            bytes += count.getBytes();
        }
        return Count.newBuilder().setRecords(records).setBytes(bytes).build();
    }

    private static <T> Map<Object, T> index(List<T> flows, Function<T, Object> key) {
        Map<Object, T> index = new HashMap<>();
        flows.forEach(flow -> index.put(key.apply(flow), flow));
        return index;
    }

    private static Object key(PipelineLedger ledger) {
        return List.of(ledger.getPipeline(), ledger.getSignal());
    }

    private static Object key(SourceFlow source) {
        return List.of(source.getServiceName(), source.getServiceNamespace(), source.getReceiver(), source.getSignal());
    }

    private static Object key(DestinationFlow flow) {
        return List.of(flow.getExporter(), flow.getEndpoint(), flow.getSignal());
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static Duration clamped(Duration measured) {
        if (measured.compareTo(SHORTEST_INTERVAL) < 0) {
            return SHORTEST_INTERVAL;
        }
        return measured.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : measured;
    }
}

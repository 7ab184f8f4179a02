package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** All pipelines of one config, immutable; knows how many threads are inside, so that it can be left in peace. */
final class Graph {

    static final Graph EMPTY = new Graph(List.of(), Set.of());

    private final List<Pipeline> pipelines;
    private final Set<ComponentId> receivers;
    private final Map<ComponentId, Map<Signal, Consumer>> entrances = new HashMap<>();
    private final AtomicLong inside = new AtomicLong();

    Graph(List<Pipeline> pipelines, Set<ComponentId> receivers) {
        this.pipelines = List.copyOf(pipelines);
        this.receivers = Set.copyOf(receivers);
        Map<ComponentId, Map<Signal, List<Entrance>>> lists = new HashMap<>();
        for (Pipeline pipeline : this.pipelines) {
            pipeline.entrances()
                    .forEach((receiver, entrance) -> lists.computeIfAbsent(receiver, _ -> new EnumMap<>(Signal.class))
                            .computeIfAbsent(pipeline.spec().signal(), _ -> new ArrayList<>())
                            .add(entrance));
        }
        lists.forEach((receiver, bySignal) -> {
            Map<Signal, Consumer> consumers = new EnumMap<>(Signal.class);
            bySignal.forEach((signal, list) -> consumers.put(signal, FanOut.of(list)));
            entrances.put(receiver, consumers);
        });
    }

    List<Pipeline> pipelines() {
        return pipelines;
    }

    boolean hasReceiver(ComponentId receiver) {
        return receivers.contains(receiver);
    }

    /** Where a receiver's telemetry goes; null when nowhere. */
    @org.jspecify.annotations.Nullable
    Consumer entrance(ComponentId receiver, Signal signal) {
        Map<Signal, Consumer> bySignal = entrances.get(receiver);
        return bySignal == null ? null : bySignal.get(signal);
    }

    void enter() {
        inside.incrementAndGet();
    }

    void leave() {
        inside.decrementAndGet();
    }

    boolean isEntered() {
        return inside.get() != 0;
    }

    /** Waits until nobody is inside; entering never blocks, so that is soon. */
    void awaitEmpty(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (isEntered() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An exporter's place in the graph: it stays as long as configs name the exporter's id, with its lanes and what they
 * hold, while the exporter itself is replaced when its settings change.
 */
final class ExporterNode {

    private final ComponentId id;
    private final Means means;
    private final Map<Signal, Lane> lanes = new EnumMap<>(Signal.class);
    private ExporterInstance instance;

    ExporterNode(Means means, ExporterInstance instance) {
        this.id = instance.id();
        this.means = means;
        this.instance = instance;
    }

    synchronized ExporterInstance instance() {
        return instance;
    }

    ComponentId id() {
        return id;
    }

    synchronized Lane lane(Signal signal) {
        return lanes.computeIfAbsent(signal, this::newLane);
    }

    private Lane newLane(Signal signal) {
        ComponentConfig config = instance.config();
        String name = "exporter " + id + " (" + signal.label() + ")";
        HealthCell health = means.healthCell(name);
        health.started();
        return new Lane(
                name,
                QueueSettings.of(config.settings(), signal),
                RetrySettings.of(config.settings()),
                instance.exporter(),
                means.books().destination(id, signal),
                health,
                means);
    }

    /** The queue on disk that the lane of a signal has in a directory. */
    synchronized @Nullable DiskQueue storedIn(Signal signal, Path directory) {
        Lane lane = lanes.get(signal);
        return lane == null ? null : lane.storedIn(directory);
    }

    /** Lets lanes use the queues on disk that the instance has opened, or use none if it has none. */
    synchronized void takeStorage() {
        ExporterStorage storage = instance.storage();
        storage.signals().forEach(this::lane);
        Settings settings = instance.config().settings();
        lanes.forEach((signal, lane) -> lane.storeIn(
                storage.queue(signal), QueueSettings.of(settings, signal).enabled()));
        storage.taken();
    }

    synchronized Collection<Lane> lanes() {
        return List.copyOf(lanes.values());
    }

    /** Puts another instance into place; returns the one that is to be stopped. */
    synchronized ExporterInstance replace(ExporterInstance successor) {
        ExporterInstance predecessor = instance;
        instance = successor;
        Settings settings = successor.config().settings();
        RetrySettings retry = RetrySettings.of(settings);
        lanes.forEach((signal, lane) -> lane.switchTo(successor.exporter(), QueueSettings.of(settings, signal), retry));
        return predecessor;
    }

    /** Drains the lanes, all at once, and stops the exporter. */
    void retire(Duration grace) {
        InParallel.run(lanes(), lane -> lane.drain(grace));
        instance().stop(grace);
    }
}

package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Everything the engine counts, kept outside the graph so that it survives reloads. */
final class Books {

    /** A connection between two components of a pipeline. */
    record EdgeKey(PipelineId pipeline, String from, String to) {}

    private record DestinationKey(ComponentId exporter, Signal signal) {}

    private final Instant start;
    private final SourceBooks sources = new SourceBooks();
    private final Map<PipelineId, PipelineBooks> pipelines = new ConcurrentHashMap<>();
    private final Map<EdgeKey, Edge> edges = new ConcurrentHashMap<>();
    private final Map<DestinationKey, DestinationBooks> destinations = new ConcurrentHashMap<>();
    private final Map<IntakeBooks.Key, IntakeBooks> intakes = new ConcurrentHashMap<>();
    private final KeptOnDisk kept = new KeptOnDisk();

    Books(Instant start) {
        this.start = start;
    }

    Instant start() {
        return start;
    }

    SourceBooks sources() {
        return sources;
    }

    KeptOnDisk kept() {
        return kept;
    }

    PipelineBooks pipeline(PipelineId id) {
        return pipelines.computeIfAbsent(id, PipelineBooks::new);
    }

    Collection<PipelineBooks> pipelines() {
        return pipelines.values();
    }

    Edge edge(EdgeKey key) {
        return edges.computeIfAbsent(key, _ -> new Edge());
    }

    /** The edge if there ever was one; asking makes none. */
    Optional<Edge> knownEdge(EdgeKey key) {
        return Optional.ofNullable(edges.get(key));
    }

    DestinationBooks destination(ComponentId exporter, Signal signal) {
        return destinations.computeIfAbsent(
                new DestinationKey(exporter, signal), key -> new DestinationBooks(key.exporter(), key.signal()));
    }

    Collection<DestinationBooks> destinations() {
        return destinations.values();
    }

    IntakeBooks intake(ComponentId receiver, String transport, Signal signal) {
        return intakes.computeIfAbsent(new IntakeBooks.Key(receiver, transport, signal), IntakeBooks::new);
    }

    Collection<IntakeBooks> intakes() {
        return intakes.values();
    }
}

package io.lightvessel.pipeline;

import io.lightvessel.config.PipelineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the books together with what is inside now. */
final class FlowReader {

    private final Books books;
    private final Running running;
    private final Collection<Retirement> retirements;

    FlowReader(Books books, Running running, Collection<Retirement> retirements) {
        this.books = books;
        this.running = running;
        this.retirements = List.copyOf(retirements);
    }

    FlowSnapshot snapshot(Instant now) {
        List<FlowSnapshot.Edge> edges = new ArrayList<>();
        for (Pipeline pipeline : running.graph().pipelines()) {
            edgesOf(pipeline, edges);
        }
        return new FlowSnapshot(books.start(), now, books.sources().snapshot(), edges, ledgers(), destinations());
    }

    private void edgesOf(Pipeline pipeline, List<FlowSnapshot.Edge> edges) {
        List<String> steps = pipeline.processors().stream()
                .map(processor -> "processor/" + processor.id())
                .toList();
        List<String> sources =
                pipeline.spec().receivers().stream().map(id -> "receiver/" + id).toList();
        List<String> targets =
                pipeline.spec().exporters().stream().map(id -> "exporter/" + id).toList();
        if (steps.isEmpty()) {
            sources.forEach(from -> targets.forEach(to -> edges.add(edge(pipeline, from, to))));
            return;
        }
        sources.forEach(from -> edges.add(edge(pipeline, from, steps.getFirst())));
        for (int i = 1; i < steps.size(); i++) {
            edges.add(edge(pipeline, steps.get(i - 1), steps.get(i)));
        }
        targets.forEach(to -> edges.add(edge(pipeline, steps.getLast(), to)));
    }

    private FlowSnapshot.Edge edge(Pipeline pipeline, String from, String to) {
        PipelineId id = pipeline.spec().id();
        return new FlowSnapshot.Edge(
                id, from, to, books.edge(new Books.EdgeKey(id, from, to)).count());
    }

    /** Of the pipelines in charge, and of those that are not but have not finished yet. */
    List<FlowSnapshot.Ledger> ledgers() {
        Set<PipelineId> current = new LinkedHashSet<>();
        running.graph()
                .pipelines()
                .forEach(pipeline -> current.add(pipeline.spec().id()));
        retirements.forEach(retirement -> retirement
                .pipelines()
                .forEach(pipeline -> current.add(pipeline.spec().id())));
        return current.stream().map(id -> books.pipeline(id).ledger(queued(id))).toList();
    }

    /** Every ledger there ever was. */
    List<FlowSnapshot.Ledger> allLedgers() {
        return books.pipelines().stream()
                .map(pipeline -> pipeline.ledger(queued(pipeline.pipeline())))
                .toList();
    }

    private Count queued(PipelineId id) {
        Count inProcessors = allPipelines()
                .filter(pipeline -> pipeline.spec().id().equals(id))
                .map(Pipeline::heldByProcessors)
                .reduce(Count.ZERO, Count::plus);
        return allExporters()
                .flatMap(exporter -> exporter.lanes().stream())
                .map(lane -> lane.held(id))
                .reduce(inProcessors, Count::plus)
                .plus(books.kept().held(id));
    }

    private Stream<Pipeline> allPipelines() {
        return Stream.concat(
                        running.graph().pipelines().stream(),
                        retirements.stream().flatMap(retirement -> retirement.pipelines().stream()))
                .distinct();
    }

    private Stream<ExporterNode> allExporters() {
        return Stream.concat(
                        running.exporters().values().stream(),
                        retirements.stream().flatMap(retirement -> retirement.exporters().stream()))
                .distinct();
    }

    /** A lane that still drains and its successor are one destination. */
    private List<FlowSnapshot.Destination> destinations() {
        Map<DestinationBooks, FlowSnapshot.Destination> destinations = new LinkedHashMap<>();
        allExporters().forEach(exporter -> {
            String endpoint = exporter.instance().exporter().endpoint();
            for (Lane lane : exporter.lanes()) {
                destinations.merge(lane.books(), destination(lane, endpoint), FlowReader::together);
            }
        });
        return List.copyOf(destinations.values());
    }

    private static FlowSnapshot.Destination destination(Lane lane, String endpoint) {
        DestinationBooks lanes = lane.books();
        return new FlowSnapshot.Destination(
                lanes.exporter(),
                endpoint,
                lanes.signal(),
                lanes.acknowledged(),
                lanes.failedRecords(),
                lane.queuedRecords(),
                lanes.lastError());
    }

    private static FlowSnapshot.Destination together(FlowSnapshot.Destination now, FlowSnapshot.Destination draining) {
        return new FlowSnapshot.Destination(
                now.exporter(),
                now.endpoint(),
                now.signal(),
                now.acknowledged(),
                now.failedRecords(),
                now.queuedRecords() + draining.queuedRecords(),
                now.lastError());
    }
}

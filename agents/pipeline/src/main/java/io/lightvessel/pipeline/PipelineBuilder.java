package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds a version of a pipeline back to front, since every step needs the one behind it. */
final class PipelineBuilder {

    private final Means means;
    private final ExtensionSet extensions;
    private final PipelineSpec spec;
    private final List<ExporterNode> exporters;
    private final PipelineBooks books;
    private final List<ProcessorNode> processors = new ArrayList<>();
    private final List<Prepared<Processor>> prepared = new ArrayList<>();

    PipelineBuilder(Means means, ExtensionSet extensions, PipelineSpec spec, List<ExporterNode> exporters) {
        this.means = means;
        this.extensions = extensions;
        this.spec = spec;
        this.exporters = exporters;
        this.books = means.books().pipeline(spec.id());
    }

    /** Processors made so far; theirs to commit or abort is the caller's. */
    List<Prepared<Processor>> prepared() {
        return prepared;
    }

    /** @param configs the processors' configs in the pipeline's order */
    Pipeline build(List<ComponentConfig> configs, ComponentFactories factories) throws ComponentFailure {
        if (configs.isEmpty()) {
            return new Pipeline(spec, books, List.of(), exporters, entrancesToExporters());
        }
        Consumer next = branchesFrom("processor/" + configs.getLast().id());
        for (int i = configs.size() - 1; i >= 0; i--) {
            ComponentConfig config = configs.get(i);
            // A single receiver's edge is counted at its entrance, where it is known which of them it was.
            Edge edge =
                    i == 0 ? new Edge() : edge("processor/" + configs.get(i - 1).id(), "processor/" + config.id());
            ProcessorNode node = new ProcessorNode(config, books, exporters.size(), edge, next, means, extensions);
            Prepared<Processor> processor = factories
                    .processor(config.id().type())
                    .orElseThrow(() -> new ComponentFailure("this agent is built without the processor "
                            + config.id().type()))
                    .prepare(node, config.settings());
            node.run(processor.component());
            prepared.add(processor);
            processors.addFirst(node);
            next = node;
        }
        Map<ComponentId, Entrance> entrances = new HashMap<>();
        for (ComponentId receiver : spec.receivers()) {
            String from = "receiver/" + receiver;
            Edge edge = edge(from, "processor/" + configs.getFirst().id());
            entrances.put(receiver, new Entrance(from, books, exporters.size(), edge, next));
        }
        return new Pipeline(spec, books, processors, exporters, entrances);
    }

    private Map<ComponentId, Entrance> entrancesToExporters() {
        Map<ComponentId, Entrance> entrances = new HashMap<>();
        for (ComponentId receiver : spec.receivers()) {
            String from = "receiver/" + receiver;
            entrances.put(receiver, new Entrance(from, books, exporters.size(), null, branchesFrom(from)));
        }
        return entrances;
    }

    private Consumer branchesFrom(String from) {
        List<Branch> branches = new ArrayList<>();
        for (ExporterNode exporter : exporters) {
            Edge edge = edge(from, "exporter/" + exporter.id());
            branches.add(new Branch(books, edge, exporter.lane(spec.signal())));
        }
        return new Branches(branches, means.converters());
    }

    private Edge edge(String from, String to) {
        return means.books().edge(new Books.EdgeKey(spec.id(), from, to));
    }
}

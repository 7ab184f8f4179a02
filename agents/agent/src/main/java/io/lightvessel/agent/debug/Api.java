package io.lightvessel.agent.debug;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import java.util.Arrays;
import java.util.Optional;

/** Answers what can be answered at once, by path. */
final class Api {
    static final String PREFIX = "/api/v1/";
    private static final String COMPONENTS = PREFIX + "components/";

    private final GraphView graph;
    private final LedgerView ledger;
    private final StatusView status;
    private final ComponentView components;
    private final ClusterView cluster;

    Api(GraphView graph, LedgerView ledger, StatusView status, ComponentView components, ClusterView cluster) {
        this.graph = graph;
        this.ledger = ledger;
        this.status = status;
        this.components = components;
        this.cluster = cluster;
    }

    Reply answer(String path) {
        return switch (path) {
            case PREFIX + "graph" -> Reply.json(200, Json.text(graph::write));
            case PREFIX + "cluster" -> Reply.json(200, Json.text(cluster::write));
            case PREFIX + "ledger" -> Reply.json(200, Json.text(ledger::write));
            case PREFIX + "status" -> Reply.json(200, Json.text(status::write));
            default ->
                path.startsWith(COMPONENTS)
                        ? component(path.substring(COMPONENTS.length()))
                        : Reply.problem(
                                404,
                                "Not found",
                                "There is no " + path + " (expected: " + PREFIX
                                        + "graph, cluster, ledger, status, tail or components/KIND/ID).");
        };
    }

    /** @param name {@code KIND/ID}, where the id may hold a slash */
    private Reply component(String name) {
        int slash = name.indexOf('/');
        String word = slash < 0 ? name : name.substring(0, slash);
        Optional<ComponentKind> kind = Arrays.stream(ComponentKind.values())
                .filter(candidate -> candidate.label().equals(word))
                .findFirst();
        if (kind.isEmpty() || slash < 0) {
            return Reply.problem(
                    404, "Not found", name + " (expected: receiver, processor, exporter or extension, a slash, an id)");
        }
        ComponentId id;
        try {
            id = ComponentId.parse(name.substring(slash + 1));
        } catch (IllegalArgumentException e) {
            return Reply.problem(404, "Not found", String.valueOf(e.getMessage()));
        }
        return components
                .of(kind.get(), id)
                .map(body -> Reply.json(200, body))
                .orElseGet(() -> Reply.problem(
                        404,
                        "Not found",
                        "The config in force has no " + kind.get().label() + " " + id + "."));
    }
}

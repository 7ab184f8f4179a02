package io.lightvessel.agent.debug;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers what can be answered at once, by path. */
final class Api {
    static final String PREFIX = "/api/v1/";
    private static final String COMPONENTS = PREFIX + "components/";

    private final GraphView graph;
    private final LedgerView ledger;
    private final StatusView status;
    private final ComponentView components;
    private final ClusterView cluster;
    private final TargetsView targets;
    private final ProfilesView profiles;

    Api(
            GraphView graph,
            LedgerView ledger,
            StatusView status,
            ComponentView components,
            ClusterView cluster,
            TargetsView targets,
            ProfilesView profiles) {
        this.graph = graph;
        this.ledger = ledger;
        this.status = status;
        this.components = components;
        this.cluster = cluster;
        this.targets = targets;
        this.profiles = profiles;
    }

    /** @param query as it stands in the URL; null when there is none */
    Reply answer(String path, @Nullable String query) {
        return switch (path) {
            case PREFIX + "graph" -> Reply.json(200, Json.text(graph::write));
            case PREFIX + "cluster" -> cluster(query);
            case PREFIX + "ledger" -> Reply.json(200, Json.text(ledger::write));
            case PREFIX + "targets" -> asked(query, targets::answer);
            case PREFIX + "profiles" -> asked(query, profiles::answer);
            case PREFIX + "status" -> Reply.json(200, Json.text(status::write));
            default ->
                path.startsWith(COMPONENTS)
                        ? component(path.substring(COMPONENTS.length()))
                        : Reply.problem(
                                404,
                                "Not found",
                                "There is no " + path + " (expected: " + PREFIX
                                        + "graph, cluster, ledger, profiles, status, targets, tail or components/KIND/ID).");
        };
    }

    private Reply cluster(@Nullable String query) {
        try {
            boolean withTargets = !new Query(query).get("targets").equals("false");
            return Reply.json(200, Json.text(json -> cluster.write(json, withTargets)));
        } catch (IllegalArgumentException e) {
            return Reply.problem(400, "Bad request", String.valueOf(e.getMessage()));
        }
    }

    private static Reply asked(@Nullable String query, Function<Query, String> answer) {
        try {
            return Reply.json(200, answer.apply(new Query(query)));
        } catch (IllegalArgumentException e) {
            return Reply.problem(400, "Bad request", String.valueOf(e.getMessage()));
        }
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

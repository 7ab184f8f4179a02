package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lets clusters inherit from blueprints, and stand alone again. */
@Service
@Transactional
public class InheritanceService {
    private final BlueprintStore blueprints;
    private final Inheriting inheriting;
    private final RevisionStore revisions;
    private final RevisionWriter history;
    private final StackChecks checks;
    private final Ownership ownership;

    InheritanceService(
            BlueprintStore blueprints,
            Inheriting inheriting,
            RevisionStore revisions,
            RevisionWriter history,
            StackChecks checks,
            Ownership ownership) {
        this.blueprints = blueprints;
        this.inheriting = inheriting;
        this.revisions = revisions;
        this.history = history;
        this.checks = checks;
        this.ownership = ownership;
    }

    /**
     * Saves a revision that inherits.
     *
     * @param pinned the blueprint's revision to stay at; nothing to follow the latest
     * @param override the cluster's own part
     */
    @Requires(Permission.STACK_WRITE)
    public StackRevision inherit(
            Cluster cluster,
            String blueprint,
            @Nullable Integer pinned,
            ObjectNode override,
            int expectedRevision,
            String message,
            Writer writer) {
        ownership.claim(Owned.Stack.of(cluster), writer);
        // Held until the end, so that a revision saved meanwhile is either seen here or finds this cluster following.
        if (!blueprints.lock(blueprint)) {
            throw notFound(blueprint);
        }
        BlueprintRevision from = from(blueprint, pinned);
        StackSpec spec = inheriting.resolve(cluster, from, override);
        Inheritance inheritance = new Inheritance(blueprint, from.number(), pinned == null, override);
        return history.append(cluster, spec, inheritance, expectedRevision, message, List.of());
    }

    /** The stack that {@link #inherit} would save, and what it would change. */
    @Transactional(readOnly = true)
    @Requires(Permission.STACK_READ)
    public InheritancePreview preview(
            Cluster cluster, String blueprint, @Nullable Integer pinned, ObjectNode override) {
        StackSpec spec = inheriting.resolve(cluster, from(blueprint, pinned), override);
        return new InheritancePreview(spec, checks.preview(cluster, revisions.base(cluster.id()), spec));
    }

    /** The part that a cluster which is to inherit has of its own already: what it keeps, or nothing. */
    @Transactional(readOnly = true)
    @Requires(Permission.STACK_READ)
    public ObjectNode override(Cluster cluster, String blueprint, @Nullable Integer pinned, boolean keep) {
        BlueprintRevision from = from(blueprint, pinned);
        Inheritance bare =
                new Inheritance(blueprint, from.number(), pinned == null, JsonNodeFactory.instance.objectNode());
        return revisions
                .current(cluster.id())
                .filter(current -> keep)
                .map(current ->
                        inheriting.overriding(cluster, bare, current.spec()).override())
                .orElseGet(bare::override);
    }

    /** Saves a revision that is the same stack, standing alone. */
    @Requires(Permission.STACK_WRITE)
    public StackRevision detach(Cluster cluster, int expectedRevision, String message, Writer writer) {
        ownership.claim(Owned.Stack.of(cluster), writer);
        StackRevision current = inherited(cluster);
        return history.append(cluster, current.spec(), null, expectedRevision, message, Authors.unapproved(current));
    }

    /** The latest revision of a stack that inherits. */
    @Transactional(readOnly = true)
    @Requires(Permission.STACK_READ)
    public StackRevision inherited(Cluster cluster) {
        return revisions
                .current(cluster.id())
                .filter(revision -> revision.inheritance() != null)
                .orElseThrow(() -> new LightvesselException(
                        StackError.NOT_INHERITING,
                        "The stack of %s inherits from no blueprint.".formatted(cluster.slug())));
    }

    private BlueprintRevision from(String blueprint, @Nullable Integer pinned) {
        if (pinned != null) {
            return inheriting.blueprint(blueprint, pinned);
        }
        Blueprint found = blueprints.find(blueprint).orElseThrow(() -> notFound(blueprint));
        return inheriting.blueprint(blueprint, found.revision());
    }

    private static LightvesselException notFound(String blueprint) {
        return new LightvesselException(
                StackError.BLUEPRINT_NOT_FOUND, "There is no blueprint %s in this tenant.".formatted(blueprint));
    }
}

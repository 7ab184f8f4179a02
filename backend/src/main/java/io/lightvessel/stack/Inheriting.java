package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.LightvesselException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Makes a cluster's stack of a blueprint and the cluster's own part, and takes the two apart again. */
@Component
class Inheriting {
    private final BlueprintStore blueprints;
    private final StackDocument documents;

    Inheriting(BlueprintStore blueprints, StackDocument documents) {
        this.blueprints = blueprints;
        this.documents = documents;
    }

    BlueprintRevision blueprint(String slug, int number) {
        return blueprints
                .find(slug, number)
                .orElseThrow(() -> new LightvesselException(
                        StackError.REVISION_NOT_FOUND,
                        "There is no revision %d of blueprint %s.".formatted(number, slug)));
    }

    StackSpec resolve(Cluster cluster, BlueprintRevision blueprint, ObjectNode override) {
        return documents.bind(StackLayers.of(blueprint, ClusterTraits.of(cluster))
                .add(Origin.CLUSTER, documents.upgraded(override))
                .document());
    }

    /** The same inheritance with the cluster's own part such that the stack is the one given. */
    Inheritance overriding(Cluster cluster, Inheritance before, StackSpec spec) {
        ObjectNode inherited = documents.tree(documents.bind(
                StackLayers.of(blueprint(before.blueprint(), before.revision()), ClusterTraits.of(cluster))
                        .document()));
        return new Inheritance(
                before.blueprint(),
                before.revision(),
                before.follows(),
                MergePatch.diff(inherited, documents.tree(spec)));
    }

    @Nullable
    Inheritance restored(@Nullable Inheritance old) {
        if (old == null) {
            return null;
        }
        // Held, so that a new revision of the blueprint does not come between.
        blueprints.lock(old.blueprint());
        int latest = blueprints.find(old.blueprint()).map(Blueprint::revision).orElse(0);
        boolean follows = old.follows() && latest == old.revision();
        return new Inheritance(old.blueprint(), old.revision(), follows, old.override());
    }

    Provenance provenance(Cluster cluster, StackRevision revision) {
        Inheritance inheritance = revision.inheritance();
        return new Provenance(revision.number(), inheritance, origins(cluster, revision.spec(), inheritance));
    }

    /** Where each value of a stack comes from, by pointer. */
    Map<String, Origin> origins(Cluster cluster, StackSpec spec, @Nullable Inheritance inheritance) {
        ObjectNode stack = documents.tree(spec);
        StackLayers layers = inheritance == null
                ? new StackLayers().add(Origin.CLUSTER, MergePatch.diff(documents.defaults(), stack))
                : StackLayers.of(blueprint(inheritance.blueprint(), inheritance.revision()), ClusterTraits.of(cluster))
                        .add(Origin.CLUSTER, documents.upgraded(inheritance.override()));
        return layers.origins(stack);
    }
}

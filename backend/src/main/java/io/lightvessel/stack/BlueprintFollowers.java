package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Carries a blueprint's new revision to the clusters that follow it. */
@Component
class BlueprintFollowers {
    private final InheritanceStore inheritances;
    private final RevisionStore revisions;
    private final RevisionWriter writer;
    private final Inheriting inheriting;
    private final StackChecks checks;
    private final ClusterService clusters;

    BlueprintFollowers(
            InheritanceStore inheritances,
            RevisionStore revisions,
            RevisionWriter writer,
            Inheriting inheriting,
            StackChecks checks,
            ClusterService clusters) {
        this.inheritances = inheritances;
        this.revisions = revisions;
        this.writer = writer;
        this.inheriting = inheriting;
        this.checks = checks;
        this.clusters = clusters;
    }

    private interface Step {
        void take(Cluster cluster, StackRevision current, Inheritance inheritance);
    }

    /** Saves a revision for each; their slugs. */
    List<String> update(BlueprintRevision blueprint) {
        String message = blueprint.message().isBlank()
                ? "Blueprint %s revision %d".formatted(blueprint.blueprint(), blueprint.number())
                : "Blueprint %s revision %d: %s"
                        .formatted(blueprint.blueprint(), blueprint.number(), blueprint.message());
        String shortened = message.length() <= 500 ? message : message.substring(0, 499) + "…";
        return forEach(
                blueprint,
                (cluster, current, inheritance) -> writer.append(
                        cluster,
                        inheriting.resolve(cluster, blueprint, inheritance.override()),
                        new Inheritance(blueprint.blueprint(), blueprint.number(), true, inheritance.override()),
                        current.number(),
                        shortened,
                        Authors.unapproved(current)));
    }

    /** Fails as {@link #update} would. */
    List<String> check(BlueprintRevision blueprint) {
        return forEach(
                blueprint,
                (cluster, current, inheritance) ->
                        checks.require(cluster, inheriting.resolve(cluster, blueprint, inheritance.override())));
    }

    private List<String> forEach(BlueprintRevision blueprint, Step step) {
        List<String> slugs = new ArrayList<>();
        List<FieldError> broken = new ArrayList<>();
        for (ClusterId id : inheritances.followers(blueprint.blueprint())) {
            Cluster cluster = clusters.find(id).orElse(null);
            StackRevision current = revisions.current(id).orElse(null);
            Inheritance inheritance = current == null ? null : current.inheritance();
            if (cluster == null || current == null || inheritance == null) {
                // The cluster was deleted meanwhile.
                continue;
            }
            try {
                step.take(cluster, current, inheritance);
                slugs.add(cluster.slug());
            } catch (LightvesselException e) {
                if (e.error() != StackError.STACK_INVALID && e.error() != StackError.STACK_MALFORMED) {
                    throw e;
                }
                e.fields()
                        .forEach(error -> broken.add(new FieldError(
                                error.pointer(),
                                error.code(),
                                "cluster %s: %s".formatted(cluster.slug(), error.detail()))));
            }
        }
        if (!broken.isEmpty()) {
            throw new LightvesselException(
                    StackError.BLUEPRINT_INVALID,
                    "Nothing is saved, since clusters that follow would break. "
                            + broken.getFirst().detail(),
                    broken);
        }
        return slugs;
    }
}

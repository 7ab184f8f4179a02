package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Compares any two stacks of a cluster, and says where the values of one come from. */
@Service
@Transactional(readOnly = true)
public class StackComparison {
    private final StackRefs refs;
    private final RevisionStore revisions;
    private final StackChecks checks;
    private final Inheriting inheriting;
    private final StackDocument documents;

    StackComparison(
            StackRefs refs,
            RevisionStore revisions,
            StackChecks checks,
            Inheriting inheriting,
            StackDocument documents) {
        this.refs = refs;
        this.revisions = revisions;
        this.checks = checks;
        this.inheriting = inheriting;
        this.documents = documents;
    }

    /**
     * A stack and where its values come from.
     *
     * @param of as in {@link StackDifference}
     * @param inheritance what it inherits from, or would with the blueprint of the latest revision; null when it stands alone
     */
    public record Explanation(String of, @Nullable Inheritance inheritance, List<Explained> values) {
        public Explanation {
            values = List.copyOf(values);
        }
    }

    @Requires(Permission.STACK_READ)
    public StackDifference diff(Cluster cluster, StackRef from, StackRef to) {
        StackRefs.Found before = refs.find(cluster, from);
        StackRefs.Found after = refs.find(cluster, to);
        StackSpec spec = Objects.requireNonNullElseGet(after.spec(), StackSpec::defaults);
        return new StackDifference(
                before.name(),
                after.name(),
                StackChange.between(
                        before.spec() == null ? documents.defaults() : documents.tree(before.spec()),
                        documents.tree(spec)),
                checks.changes(cluster, before.spec(), spec));
    }

    @Requires(Permission.STACK_READ)
    public Explanation explain(Cluster cluster, StackRef ref) {
        StackRefs.Found found = refs.find(cluster, ref);
        StackSpec spec = Objects.requireNonNullElseGet(found.spec(), StackSpec::defaults);
        Inheritance inheritance = found.revision() == null
                ? inherited(cluster, spec)
                : found.revision().inheritance();
        return new Explanation(
                found.name(),
                inheritance,
                Explained.of(documents.tree(spec), inheriting.origins(cluster, spec, inheritance)));
    }

    // Saved, it would keep inheriting, and what differs would be the cluster's own.
    private @Nullable Inheritance inherited(Cluster cluster, StackSpec spec) {
        return revisions
                .current(cluster.id())
                .map(StackRevision::inheritance)
                .map(before -> inheriting.overriding(cluster, before, spec))
                .orElse(null);
    }
}

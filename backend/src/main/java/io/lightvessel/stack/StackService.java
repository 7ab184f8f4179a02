package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The stacks of the clusters of the tenant in scope: reading, checking, saving as a new revision. */
@Service
@Transactional(readOnly = true)
public class StackService {
    private final RevisionStore revisions;
    private final RevisionWriter history;
    private final StackChecks checks;
    private final Inheriting inheriting;
    private final Ownership ownership;
    private final StackComparison comparison;

    StackService(
            RevisionStore revisions,
            RevisionWriter history,
            StackChecks checks,
            Inheriting inheriting,
            Ownership ownership,
            StackComparison comparison) {
        this.revisions = revisions;
        this.history = history;
        this.checks = checks;
        this.inheriting = inheriting;
        this.ownership = ownership;
        this.comparison = comparison;
    }

    /** What agents should run: the latest revision that needed nobody's approval or has it. */
    @Requires(Permission.STACK_READ)
    public Optional<StackRevision> released(ClusterId cluster) {
        return revisions.released(cluster);
    }

    /** The latest revision, which the next change starts from; empty until the first is saved. */
    @Requires(Permission.STACK_READ)
    public Optional<StackRevision> current(ClusterId cluster) {
        return revisions.current(cluster);
    }

    @Requires(Permission.STACK_READ)
    public StackRevision revision(ClusterId cluster, int number) {
        return revisions
                .find(cluster, number)
                .orElseThrow(() -> new LightvesselException(
                        StackError.REVISION_NOT_FOUND, "There is no revision %d of this stack.".formatted(number)));
    }

    /** Latest first. */
    @Requires(Permission.STACK_READ)
    public Page<RevisionSummary> revisions(ClusterId cluster, PageRequest request) {
        return revisions.list(cluster, request);
    }

    /** What agents would run instead of what they should run now; nothing is stored and nothing thrown for a bad stack. */
    @Requires(Permission.STACK_READ)
    public StackPreview preview(Cluster cluster, StackSpec spec) {
        return checks.preview(cluster, revisions.base(cluster.id()), spec);
    }

    /** The stack itself, or a failure that says all that is wrong with its form. */
    @Requires(Permission.STACK_READ)
    public StackSpec requireValid(StackSpec spec) {
        checks.requireForm(spec);
        return spec;
    }

    /**
     * Saves a stack as the next revision. What differs from the blueprint of a cluster that inherits becomes the cluster's
     * own part.
     *
     * @param expectedRevision the number the caller's edit started from; 0 for the first
     */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    public StackRevision save(Cluster cluster, StackSpec spec, int expectedRevision, String message) {
        return save(cluster, spec, expectedRevision, message, Writer.CONSOLE);
    }

    /** As above, for a tool that owns the stack from then on. */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    public StackRevision save(Cluster cluster, StackSpec spec, int expectedRevision, String message, Writer writer) {
        ownership.claim(Owned.Stack.of(cluster), writer);
        return append(cluster, spec, expectedRevision, message, List.of());
    }

    /** Saves what a draft holds; whoever worked on it is an author, too. */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    public StackRevision publish(Cluster cluster, Draft draft, Writer writer) {
        ownership.claim(Owned.Stack.of(cluster), writer);
        return append(cluster, draft.spec(), draft.base(), draft.message(), draft.authors());
    }

    private StackRevision append(
            Cluster cluster, StackSpec spec, int expectedRevision, String message, List<String> others) {
        checks.requireForm(spec);
        return history.append(
                cluster,
                spec,
                current(cluster.id())
                        .map(StackRevision::inheritance)
                        .map(before -> inheriting.overriding(cluster, before, spec))
                        .orElse(null),
                expectedRevision,
                message,
                others);
    }

    /** What changed from one revision to another; from 0, the defaults. */
    @Requires(Permission.STACK_READ)
    public StackDifference diff(Cluster cluster, int from, int to) {
        return comparison.diff(cluster, new StackRef.Revision(from), new StackRef.Revision(to));
    }

    /**
     * Saves an earlier revision's stack as the next. What was inherited stays so, pinned to the blueprint's revision unless
     * that is the latest: otherwise following would change at once what was restored.
     */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    public StackRevision restore(Cluster cluster, int number, int expectedRevision, String message, Writer writer) {
        ownership.claim(Owned.Stack.of(cluster), writer);
        StackRevision old = revision(cluster.id(), number);
        return history.append(
                cluster,
                old.spec(),
                inheriting.restored(old.inheritance()),
                expectedRevision,
                message.isBlank() ? "Restore revision " + number : message,
                Authors.unapproved(old));
    }

    /** Where each value of a revision comes from. */
    @Requires(Permission.STACK_READ)
    public Provenance provenance(Cluster cluster, StackRevision revision) {
        return inheriting.provenance(cluster, revision);
    }
}

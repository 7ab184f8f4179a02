package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.LightvesselException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the stacks that are meant. */
@Component
class StackRefs {
    private final RevisionStore revisions;
    private final DraftStore drafts;
    private final StackChecks checks;

    StackRefs(RevisionStore revisions, DraftStore drafts, StackChecks checks) {
        this.revisions = revisions;
        this.drafts = drafts;
        this.checks = checks;
    }

    /**
     * One that was found.
     *
     * @param name the revision's number, {@code draft:} and an id, or {@code given}
     * @param revision null for what is none
     * @param spec null for the default stack, of which nothing is rendered
     */
    record Found(
            String name,
            @Nullable StackRevision revision,
            @Nullable StackSpec spec) {
        private static final Found DEFAULTS = new Found("0", null, null);

        static Found of(StackRevision revision) {
            return new Found(Integer.toString(revision.number()), revision, revision.spec());
        }
    }

    Found find(Cluster cluster, StackRef ref) {
        return switch (ref) {
            case StackRef.Revision(int number) -> number == 0 ? Found.DEFAULTS : Found.of(revision(cluster, number));
            case StackRef.Latest() ->
                revisions.current(cluster.id()).map(Found::of).orElse(Found.DEFAULTS);
            case StackRef.Desired() ->
                revisions.released(cluster.id()).map(Found::of).orElse(Found.DEFAULTS);
            case StackRef.OfDraft(UUID id) -> new Found("draft:" + id, null, valid(draft(cluster, id)));
            case StackRef.Given(StackSpec spec) -> new Found("given", null, valid(spec));
        };
    }

    StackRevision revision(Cluster cluster, int number) {
        return revisions
                .find(cluster.id(), number)
                .orElseThrow(() -> new LightvesselException(
                        StackError.REVISION_NOT_FOUND, "There is no revision %d of this stack.".formatted(number)));
    }

    private StackSpec draft(Cluster cluster, UUID id) {
        return drafts.find(cluster.id(), id)
                .map(Draft::spec)
                .orElseThrow(() -> new LightvesselException(
                        StackError.DRAFT_NOT_FOUND,
                        "There is no draft %s of the stack of %s.".formatted(id, cluster.slug())));
    }

    private StackSpec valid(StackSpec spec) {
        checks.requireForm(spec);
        return spec;
    }
}

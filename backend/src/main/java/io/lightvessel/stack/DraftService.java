package io.lightvessel.stack;

import io.lightvessel.audit.Audit;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Drafts of a cluster's stack: many edits that become one revision. */
@Service
@Transactional
public class DraftService {
    private static final int MOST = 200;

    private final DraftStore drafts;
    private final RevisionStore revisions;
    private final StackService stacks;
    private final StackDocument documents;
    private final Audit audit;
    private final Clock clock;

    DraftService(
            DraftStore drafts,
            RevisionStore revisions,
            StackService stacks,
            StackDocument documents,
            Audit audit,
            Clock clock) {
        this.drafts = drafts;
        this.revisions = revisions;
        this.stacks = stacks;
        this.documents = documents;
        this.audit = audit;
        this.clock = clock;
    }

    /** By id. */
    @Transactional(readOnly = true)
    @Requires(Permission.STACK_READ)
    public Page<Draft> list(Cluster cluster, PageRequest request) {
        return drafts.list(cluster.id(), request);
    }

    @Transactional(readOnly = true)
    @Requires(Permission.STACK_READ)
    public Draft get(Cluster cluster, UUID id) {
        return drafts.find(cluster.id(), id)
                .orElseThrow(() -> new LightvesselException(
                        StackError.DRAFT_NOT_FOUND,
                        "There is no draft %s of the stack of %s.".formatted(id, cluster.slug())));
    }

    /** Keeps a stack as a draft; it may be unfinished. One that says the same by the same author is kept once. */
    @Requires(Permission.STACK_WRITE)
    public Draft create(Cluster cluster, StackSpec spec, int base, String message) {
        requireBase(cluster, base);
        RevisionWriter.requireMessage(message);
        Instant now = now();
        Draft draft = new Draft(
                UUID.randomUUID(),
                cluster.id(),
                TenantScope.actor().name(),
                Authors.with(List.of()),
                base,
                message,
                spec,
                0,
                now,
                now);
        Draft kept = drafts.same(draft).orElse(null);
        if (kept != null) {
            audit.unchanged();
            return kept;
        }
        if (drafts.count(cluster.id()) >= MOST) {
            throw new LightvesselException(
                    StackError.TOO_MANY_DRAFTS,
                    "The stack of %s has %d drafts (expected: at most that many). Delete some that nobody needs."
                            .formatted(cluster.slug(), MOST));
        }
        drafts.insert(draft);
        audit.created("draft.create", target(cluster, draft), Map.of("base", base, "message", message));
        return draft;
    }

    @Requires(Permission.STACK_WRITE)
    public Draft update(Cluster cluster, UUID id, StackSpec spec, int base, String message, long expectedVersion) {
        requireBase(cluster, base);
        RevisionWriter.requireMessage(message);
        Draft before = get(cluster, id);
        Draft draft = new Draft(
                id,
                cluster.id(),
                before.author(),
                Authors.with(before.authors()),
                base,
                message,
                spec,
                expectedVersion + 1,
                before.createdAt(),
                now());
        if (!drafts.update(draft)) {
            throw stale(before, expectedVersion);
        }
        audit.changed(
                "draft.update",
                target(cluster, draft),
                Map.of("base", before.base(), "message", before.message()),
                Map.of("base", base, "message", message));
        return draft;
    }

    @Requires(Permission.STACK_WRITE)
    public void delete(Cluster cluster, UUID id, long expectedVersion) {
        Draft draft = get(cluster, id);
        remove(draft, expectedVersion);
        audit.deleted("draft.delete", target(cluster, draft), Map.of("base", draft.base(), "message", draft.message()));
    }

    /** The draft with what was saved since it was begun. */
    @Transactional(readOnly = true)
    @Requires(Permission.STACK_READ)
    public StackMerge merge(Cluster cluster, UUID id) {
        Draft draft = get(cluster, id);
        StackRevision current = revisions.current(cluster.id()).orElse(null);
        StackSpec base = revisions
                .find(cluster.id(), draft.base())
                .map(StackRevision::spec)
                .orElseGet(StackSpec::defaults);
        return StackMerge.of(
                draft.base(),
                base,
                current == null ? 0 : current.number(),
                current == null ? StackSpec.defaults() : current.spec(),
                draft.spec(),
                documents);
    }

    /** Saves the draft as the next revision, which ends it; one that others overtook stays as it is. */
    @Requires(Permission.STACK_WRITE)
    public StackRevision publish(Cluster cluster, UUID id, long expectedVersion, Writer writer) {
        Draft draft = get(cluster, id);
        remove(draft, expectedVersion);
        return stacks.publish(cluster, draft, writer);
    }

    private static String target(Cluster cluster, Draft draft) {
        return "cluster/" + cluster.slug() + "/draft/" + draft.id();
    }

    private void remove(Draft draft, long expectedVersion) {
        if (draft.version() != expectedVersion || !drafts.delete(draft)) {
            throw stale(draft, expectedVersion);
        }
    }

    private void requireBase(Cluster cluster, int base) {
        if (base != 0) {
            stacks.revision(cluster.id(), base);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static LightvesselException stale(Draft draft, long expected) {
        return new LightvesselException(
                StackError.DRAFT_STALE,
                "The draft is at version %d, not %d: someone changed it meanwhile. Read it again and decide anew."
                        .formatted(draft.version(), expected));
    }
}

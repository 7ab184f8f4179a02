package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.AgentRole;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The revisions of stacks as they are stored, for the tenant in scope. */
@Component
class RevisionStore {
    private static final TypeReference<EnumMap<AgentRole, String>> DIGESTS = new TypeReference<>() {};

    private final StackRevisionRepository revisions;
    private final InheritanceStore inheritances;
    private final ApprovalStore approvals;
    private final StackDocument documents;
    private final JsonMapper json;

    RevisionStore(
            StackRevisionRepository revisions,
            InheritanceStore inheritances,
            ApprovalStore approvals,
            StackDocument documents,
            JsonMapper json) {
        this.revisions = revisions;
        this.inheritances = inheritances;
        this.approvals = approvals;
        this.documents = documents;
        this.json = json;
    }

    Optional<StackRevision> current(ClusterId cluster) {
        return revisions.findFirstByClusterIdOrderByNumberDesc(cluster.value()).map(this::toRevision);
    }

    /** The latest that agents may run. */
    Optional<StackRevision> released(ClusterId cluster) {
        return revisions.findReleased(cluster.value()).map(this::toRevision);
    }

    /** What a change starts from, and what agents run until it is released. */
    StackBase base(ClusterId cluster) {
        return new StackBase(current(cluster), released(cluster), approvals.rule() != ApprovalRule.NONE);
    }

    Optional<StackRevision> find(ClusterId cluster, int number) {
        return revisions.findByClusterIdAndNumber(cluster.value(), number).map(this::toRevision);
    }

    /** Without content: a page of it would be read and bound for nothing. */
    Page<RevisionSummary> list(ClusterId cluster, PageRequest request) {
        int before = request.before(Integer.MAX_VALUE);
        List<RevisionSummary.Row> rows = revisions.findByClusterIdAndNumberLessThanOrderByNumberDesc(
                cluster.value(), before, Limit.of(request.size() + 1));
        Map<Integer, Approval> decisions = rows.isEmpty()
                ? Map.of()
                : approvals.between(
                        cluster, rows.getLast().number(), rows.getFirst().number());
        return Page.of(
                rows.stream().map(row -> row.with(decisions.get(row.number()))).toList(),
                request,
                revision -> Integer.toString(revision.number()));
    }

    /** Fails when somebody stored the same number first. */
    void insert(Cluster cluster, StackRevision revision) {
        try {
            revisions.saveAndFlush(new StackRevisionEntity(
                    TenantScope.tenant().value(),
                    revision,
                    documents.write(revision.spec()),
                    json.writeValueAsString(revision.digests())));
        } catch (DataIntegrityViolationException e) {
            // Another save of the same number committed first, or the cluster was deleted.
            throw stale(cluster, revision.number() - 1, revision.number());
        }
        inheritances.set(revision.cluster(), revision.inheritance());
        if (revision.approval() != null) {
            approvals.insert(revision.cluster(), revision.number(), revision.approval());
        }
    }

    static LightvesselException stale(Cluster cluster, int expected, int latest) {
        return new LightvesselException(
                StackError.STACK_STALE,
                "The stack of %s is at revision %d, your change started from %d. Look at what changed and save again."
                        .formatted(cluster.slug(), latest, expected));
    }

    private StackRevision toRevision(StackRevisionEntity entity) {
        return new StackRevision(
                new ClusterId(entity.clusterId()),
                entity.number(),
                entity.author(),
                entity.message(),
                entity.createdAt(),
                documents.read(entity.spec()),
                json.readValue(entity.digests(), DIGESTS),
                inheritance(entity),
                approvals
                        .find(new ClusterId(entity.clusterId()), entity.number())
                        .orElse(null));
    }

    private @Nullable Inheritance inheritance(StackRevisionEntity entity) {
        String blueprint = entity.blueprint();
        String override = entity.override();
        return blueprint == null || override == null
                ? null
                : new Inheritance(
                        blueprint, entity.blueprintNumber(), entity.follows(), (ObjectNode) json.readTree(override));
    }
}

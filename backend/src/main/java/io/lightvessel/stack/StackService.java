package io.lightvessel.stack;

import io.lightvessel.audit.Audit;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.QuotaGuard;
import io.lightvessel.tenancy.QuotaKind;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.AgentRole;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The stacks of the clusters of the tenant in scope: reading, checking, saving as a new revision. */
@Service
@Transactional(readOnly = true)
public class StackService {
    private static final int MESSAGE_LENGTH = 500;
    private static final TypeReference<EnumMap<AgentRole, String>> DIGESTS = new TypeReference<>() {};

    private final StackRevisionRepository revisions;
    private final StackChecks checks;
    private final StackDocument documents;
    private final RoleRenderer renderer;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final QuotaGuard quotas;
    private final JsonMapper json;
    private final Clock clock;

    StackService(
            StackRevisionRepository revisions,
            StackChecks checks,
            StackDocument documents,
            RoleRenderer renderer,
            ApplicationEventPublisher events,
            Audit audit,
            QuotaGuard quotas,
            JsonMapper json,
            Clock clock) {
        this.revisions = revisions;
        this.checks = checks;
        this.documents = documents;
        this.renderer = renderer;
        this.events = events;
        this.audit = audit;
        this.quotas = quotas;
        this.json = json;
        this.clock = clock;
    }

    /** The latest revision; empty until the first is saved. */
    @Requires(Permission.STACK_READ)
    public Optional<StackRevision> current(ClusterId cluster) {
        return revisions.findFirstByClusterIdOrderByNumberDesc(cluster.value()).map(this::toRevision);
    }

    @Requires(Permission.STACK_READ)
    public StackRevision revision(ClusterId cluster, int number) {
        return revisions
                .findByClusterIdAndNumber(cluster.value(), number)
                .map(this::toRevision)
                .orElseThrow(() -> new LightvesselException(
                        StackError.REVISION_NOT_FOUND, "There is no revision %d of this stack.".formatted(number)));
    }

    /** Latest first. */
    @Requires(Permission.STACK_READ)
    public Page<StackRevision> revisions(ClusterId cluster, PageRequest request) {
        int before = request.after() == null ? Integer.MAX_VALUE : Integer.parseInt(request.after());
        return Page.of(
                revisions
                        .findByClusterIdAndNumberLessThanOrderByNumberDesc(
                                cluster.value(), before, Limit.of(request.size() + 1))
                        .stream()
                        .map(this::toRevision)
                        .toList(),
                request,
                revision -> Integer.toString(revision.number()));
    }

    /** What saving would do; nothing is stored and nothing thrown for a bad stack. */
    @Requires(Permission.STACK_READ)
    public StackPreview preview(Cluster cluster, StackSpec spec) {
        return checks.preview(cluster, current(cluster.id()).orElse(null), spec);
    }

    /** The stack itself, or a failure that says all that is wrong with its form. */
    @Requires(Permission.STACK_READ)
    public StackSpec requireValid(StackSpec spec) {
        checks.requireForm(spec);
        return spec;
    }

    /**
     * Saves a stack as the next revision.
     *
     * @param expectedRevision the number the caller's edit started from; 0 for the first
     */
    @Transactional
    @Requires(Permission.STACK_WRITE)
    public StackRevision save(Cluster cluster, StackSpec spec, int expectedRevision, String message) {
        checks.require(cluster, spec);
        requireMessage(message);
        quotas.requireRoom(QuotaKind.REVISIONS);
        int latest = current(cluster.id()).map(StackRevision::number).orElse(0);
        if (latest != expectedRevision) {
            throw stale(cluster, expectedRevision, latest);
        }
        StackRevision revision = new StackRevision(
                cluster.id(),
                latest + 1,
                TenantScope.actor().name(),
                message,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                spec,
                digests(cluster, spec));
        try {
            revisions.saveAndFlush(new StackRevisionEntity(
                    TenantScope.tenant().value(),
                    revision,
                    documents.write(spec),
                    json.writeValueAsString(revision.digests())));
        } catch (DataIntegrityViolationException e) {
            // Another save of the same number committed first, or the cluster was deleted.
            throw stale(cluster, expectedRevision, expectedRevision + 1);
        }
        audit.changed(
                "stack.save",
                "cluster/" + cluster.slug() + "/stack",
                Map.of("revision", latest),
                Map.of("revision", revision.number(), "message", message, "digests", revision.digests()));
        events.publishEvent(new StackSaved(TenantScope.tenant(), revision));
        return revision;
    }

    private Map<AgentRole, String> digests(Cluster cluster, StackSpec spec) {
        Map<AgentRole, String> digests = new EnumMap<>(AgentRole.class);
        for (AgentRole role : AgentRole.values()) {
            digests.put(
                    role,
                    renderer.agentConfig(spec, ClusterFacts.of(cluster), role).sha256());
        }
        return digests;
    }

    private StackRevision toRevision(StackRevisionEntity entity) {
        return new StackRevision(
                new ClusterId(entity.clusterId()),
                entity.number(),
                entity.author(),
                entity.message(),
                entity.createdAt(),
                documents.read(entity.spec()),
                json.readValue(entity.digests(), DIGESTS));
    }

    private static void requireMessage(String message) {
        if (message.length() > MESSAGE_LENGTH) {
            String detail = "message: %d characters (expected: at most %d)".formatted(message.length(), MESSAGE_LENGTH);
            throw new LightvesselException(
                    StackError.STACK_INVALID, detail, List.of(new FieldError("/message", "size", detail)));
        }
    }

    private static LightvesselException stale(Cluster cluster, int expected, int latest) {
        return new LightvesselException(
                StackError.STACK_STALE,
                "The stack of %s is at revision %d, your change started from %d. Look at what changed and save again."
                        .formatted(cluster.slug(), latest, expected));
    }
}

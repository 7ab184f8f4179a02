package io.lightvessel.cluster;

import io.lightvessel.audit.Audit;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.PlatformError;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.QuotaGuard;
import io.lightvessel.tenancy.QuotaKind;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.TenantScope;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The clusters of the tenant in scope. */
@Service
@Transactional
public class ClusterService {
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private final ClusterRepository clusters;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final QuotaGuard quotas;
    private final FieldErrors validator;
    private final JsonMapper json;
    private final Clock clock;

    ClusterService(
            ClusterRepository clusters,
            ApplicationEventPublisher events,
            Audit audit,
            QuotaGuard quotas,
            FieldErrors validator,
            JsonMapper json,
            Clock clock) {
        this.clusters = clusters;
        this.events = events;
        this.audit = audit;
        this.quotas = quotas;
        this.validator = validator;
        this.json = json;
        this.clock = clock;
    }

    @Requires(Permission.CLUSTER_CREATE)
    public Cluster create(NewCluster request) {
        Cluster wanted = check(request);
        quotas.requireRoom(QuotaKind.CLUSTERS);
        try {
            ClusterEntity stored =
                    clusters.saveAndFlush(new ClusterEntity(wanted, json.writeValueAsString(wanted.labels())));
            Cluster cluster = toCluster(stored);
            events.publishEvent(new ClusterCreated(cluster));
            audit.created("cluster.create", target(cluster), summary(cluster));
            return cluster;
        } catch (DataIntegrityViolationException e) {
            // Someone was faster between the check and the insert.
            throw exists(request.slug());
        }
    }

    /** The cluster a request would create; fails as {@link #create} would. */
    @Transactional(readOnly = true)
    @Requires(Permission.CLUSTER_CREATE)
    public Cluster check(NewCluster request) {
        validator.check(request);
        if (clusters.existsBySlug(request.slug())) {
            throw exists(request.slug());
        }
        return new Cluster(
                new ClusterId(UUID.randomUUID()),
                TenantScope.tenant(),
                request.slug(),
                request.nameOrSlug(),
                request.environmentOrNone(),
                request.sortedLabels(),
                0,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                TenantScope.actor().name());
    }

    /** By slug. */
    @Transactional(readOnly = true)
    @Requires(Permission.CLUSTER_READ)
    public Page<Cluster> list(PageRequest request) {
        String after = request.after() == null ? "" : request.after();
        return Page.of(
                clusters.findBySlugGreaterThanOrderBySlug(after, Limit.of(request.size() + 1)).stream()
                        .map(this::toCluster)
                        .toList(),
                request,
                Cluster::slug);
    }

    @Transactional(readOnly = true)
    @Requires(Permission.CLUSTER_READ)
    public Cluster get(String slug) {
        return find(slug).orElseThrow(() -> notFound(slug));
    }

    @Transactional(readOnly = true)
    @Requires(Permission.CLUSTER_READ)
    public Optional<Cluster> find(String slug) {
        return clusters.findBySlug(slug).map(this::toCluster);
    }

    @Transactional(readOnly = true)
    @Requires(Permission.CLUSTER_READ)
    public Optional<Cluster> find(ClusterId id) {
        return clusters.findById(id.value()).map(this::toCluster);
    }

    /** Deletes the cluster with its stack; the version is the one the caller last saw. */
    @Requires(Permission.CLUSTER_DELETE)
    public void delete(String slug, long expectedVersion) {
        ClusterEntity entity = clusters.findBySlug(slug).orElseThrow(() -> notFound(slug));
        Cluster cluster = toCluster(entity);
        if (cluster.version() != expectedVersion) {
            throw new LightvesselException(
                    PlatformError.STALE,
                    "Cluster %s is at version %d, not %d: someone changed it meanwhile. Read it again and decide anew."
                            .formatted(slug, cluster.version(), expectedVersion));
        }
        clusters.delete(entity);
        events.publishEvent(new ClusterDeleted(cluster.tenant(), cluster.id()));
        audit.deleted("cluster.delete", target(cluster), summary(cluster));
    }

    private static String target(Cluster cluster) {
        return "cluster/" + cluster.slug();
    }

    private static Map<String, ?> summary(Cluster cluster) {
        return Map.of("name", cluster.name(), "environment", cluster.environment(), "labels", cluster.labels());
    }

    private Cluster toCluster(ClusterEntity entity) {
        return entity.toCluster(json.readValue(entity.labels(), LABELS));
    }

    private static LightvesselException exists(String slug) {
        return new LightvesselException(
                ClusterError.CLUSTER_EXISTS, "There is a cluster %s already. Choose another name.".formatted(slug));
    }

    private static LightvesselException notFound(String slug) {
        return new LightvesselException(
                ClusterError.CLUSTER_NOT_FOUND, "There is no cluster %s in this tenant.".formatted(slug));
    }
}

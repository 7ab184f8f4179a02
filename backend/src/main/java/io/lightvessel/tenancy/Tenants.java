package io.lightvessel.tenancy;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.Slug;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Knows the tenants there are; what belongs to one is reached only through {@link TenantScope}. */
@Service
@Unguarded("tenants are looked up before anyone has a role in one")
public class Tenants {
    private final TenantRepository tenants;
    private final QuotaGuard guard;
    private final JdbcClient jdbc;
    private final Clock clock;

    Tenants(TenantRepository tenants, QuotaGuard guard, JdbcClient jdbc, Clock clock) {
        this.tenants = tenants;
        this.guard = guard;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Optional<Tenant> find(String slug) {
        return tenants.findBySlug(slug).map(TenantEntity::toTenant);
    }

    @Transactional(readOnly = true)
    public Optional<Tenant> find(TenantId id) {
        return tenants.findById(id.value()).map(TenantEntity::toTenant);
    }

    /** Those of the given slugs that exist, by slug. */
    @Transactional(readOnly = true)
    public List<Tenant> findAll(Collection<String> slugs) {
        return tenants.findBySlugInOrderBySlug(slugs).stream()
                .map(TenantEntity::toTenant)
                .toList();
    }

    @Transactional(readOnly = true)
    public Tenant get(String slug) {
        return find(slug)
                .orElseThrow(() -> new LightvesselException(
                        TenancyError.TENANT_NOT_FOUND, "There is no tenant %s.".formatted(slug)));
    }

    /** By slug; one more than asked for, if there is. */
    @Transactional(readOnly = true)
    public List<Tenant> page(PageRequest request) {
        String after = request.after() == null ? "" : request.after();
        return tenants.findBySlugGreaterThanOrderBySlug(after, Limit.of(request.size() + 1)).stream()
                .map(TenantEntity::toTenant)
                .toList();
    }

    /** Makes a tenant; its id is the caller's, who is bound to it already. */
    @Transactional
    public Tenant create(TenantId id, String slug, String name) {
        requireSlug(slug);
        if (tenants.findBySlug(slug).isPresent()) {
            throw exists(slug);
        }
        try {
            return tenants.saveAndFlush(new TenantEntity(id.value(), slug, name, now()))
                    .toTenant();
        } catch (DataIntegrityViolationException e) {
            // Someone was faster between the check and the insert.
            throw exists(slug);
        }
    }

    @Transactional(readOnly = true)
    public Quotas quotas(TenantId id) {
        return guard.quotas(id);
    }

    @Transactional
    public void setQuotas(TenantId id, NewQuotas quotas) {
        jdbc.sql("""
                        update tenancy_tenant set max_clusters = :clusters, max_agents = :agents,
                            max_revisions = :revisions, max_requests_per_minute = :rate where id = :id
                        """)
                .param("clusters", quotas.clusters(), Types.INTEGER)
                .param("agents", quotas.agents(), Types.INTEGER)
                .param("revisions", quotas.revisions(), Types.INTEGER)
                .param("rate", quotas.requestsPerMinute(), Types.INTEGER)
                .param("id", id.value())
                .update();
    }

    /** The tenant with this slug, created if there was none. */
    @Transactional
    public Tenant ensure(String slug, String name) {
        requireSlug(slug);
        return tenants.findBySlug(slug)
                .orElseGet(() -> tenants.saveAndFlush(new TenantEntity(UUID.randomUUID(), slug, name, now())))
                .toTenant();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static void requireSlug(String slug) {
        if (!Slug.isValid(slug)) {
            throw new LightvesselException(
                    TenancyError.TENANT_SLUG_INVALID, "slug: " + slug + " (expected: " + Slug.EXPECTED + ")");
        }
    }

    private static LightvesselException exists(String slug) {
        return new LightvesselException(
                TenancyError.TENANT_EXISTS, "There is a tenant %s already. Choose another name.".formatted(slug));
    }
}

package io.lightvessel.tenancy;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Slug;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Knows the tenants there are; what belongs to one is reached only through {@link TenantScope}. */
@Service
@Unguarded("tenants are looked up before anyone has a role in one")
public class Tenants {
    private final TenantRepository tenants;
    private final Clock clock;

    Tenants(TenantRepository tenants, Clock clock) {
        this.tenants = tenants;
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

    /** The tenant with this slug, created if there was none. */
    @Transactional
    public Tenant ensure(String slug, String name) {
        if (!Slug.isValid(slug)) {
            throw new LightvesselException(
                    TenancyError.TENANT_SLUG_INVALID, "slug: " + slug + " (expected: " + Slug.EXPECTED + ")");
        }
        return tenants.findBySlug(slug)
                .orElseGet(() -> tenants.saveAndFlush(new TenantEntity(
                        UUID.randomUUID(), slug, name, clock.instant().truncatedTo(ChronoUnit.MICROS))))
                .toTenant();
    }
}

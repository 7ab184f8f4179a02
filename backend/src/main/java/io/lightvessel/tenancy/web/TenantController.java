package io.lightvessel.tenancy.web;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.web.Api;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.QuotaKind;
import io.lightvessel.tenancy.Quotas;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.TenancyError;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantQuotas;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

@Api("/api/v1/tenants/{tenant}")
@Tag(name = "Tenants", description = "Customer organisations")
class TenantController {
    private final Tenants tenants;
    private final TenantQuotas quotas;

    TenantController(Tenants tenants, TenantQuotas quotas) {
        this.tenants = tenants;
        this.quotas = quotas;
    }

    /** A tenant on the wire. */
    record TenantBody(String slug, String name, Instant createdAt) {}

    @GetMapping
    @Requires(Permission.TENANT_READ)
    @Operation(summary = "Get the tenant of the token", operationId = "getTenant")
    TenantBody get(@PathVariable String tenant) {
        Tenant found = tenants.find(TenantScope.tenant())
                .orElseThrow(() -> new LightvesselException(
                        TenancyError.TENANT_NOT_FOUND, "There is no tenant %s.".formatted(tenant)));
        return new TenantBody(found.slug(), found.name(), found.createdAt());
    }

    /** Something that is counted: how much there is, and may be at most. */
    record CountBody(long used, int most) {}

    /** What the tenant may use. */
    record QuotasBody(CountBody clusters, CountBody agents, CountBody revisions, int requestsPerMinute) {}

    @Requires(Permission.TENANT_READ)
    @GetMapping("/quotas")
    @Operation(summary = "Get what the tenant may use and uses", operationId = "getQuotas")
    QuotasBody quotas(@PathVariable String tenant) {
        TenantQuotas.Usage usage = quotas.usage();
        Quotas most = usage.quotas();
        return new QuotasBody(
                new CountBody(usage.of(QuotaKind.CLUSTERS), most.clusters()),
                new CountBody(usage.of(QuotaKind.AGENTS), most.agents()),
                new CountBody(usage.of(QuotaKind.REVISIONS), most.revisions()),
                most.requestsPerMinute());
    }
}

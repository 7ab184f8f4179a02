package io.lightvessel.tenancy.web;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.web.Api;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.TenancyError;
import io.lightvessel.tenancy.Tenant;
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

    TenantController(Tenants tenants) {
        this.tenants = tenants;
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
}

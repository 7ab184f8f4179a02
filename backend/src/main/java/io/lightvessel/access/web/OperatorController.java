package io.lightvessel.access.web;

import io.lightvessel.access.NewTenant;
import io.lightvessel.access.Operator;
import io.lightvessel.access.TenantAdministration;
import io.lightvessel.access.TenantAdministration.Administered;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.tenancy.NewQuotas;
import io.lightvessel.tenancy.Quotas;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/operator/tenants")
@Tag(
        name = "Operator",
        description = "Tenants and what they may use, for whoever runs the platform; needs the operator's token")
class OperatorController {
    private final TenantAdministration administration;

    OperatorController(TenantAdministration administration) {
        this.administration = administration;
    }

    /** A tenant as operators see it. */
    record AdministeredTenantBody(String slug, String name, Instant createdAt, Quotas quotas) {

        static AdministeredTenantBody of(Administered found) {
            return new AdministeredTenantBody(
                    found.tenant().slug(), found.tenant().name(), found.tenant().createdAt(), found.quotas());
        }
    }

    @GetMapping
    @Operation(summary = "List tenants by slug", operationId = "operatorListTenants")
    PageBody<AdministeredTenantBody> list(
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return PageBody.of(
                administration.list(operator(), PageRequest.parse(pageSize, pageToken)), AdministeredTenantBody::of);
    }

    @PostMapping
    @Operation(summary = "Create a tenant with its first owner", operationId = "operatorCreateTenant")
    @ApiResponse(responseCode = "201", description = "Created", useReturnTypeSchema = true)
    ResponseEntity<AdministeredTenantBody> create(@RequestBody NewTenant request) {
        Administered created = administration.create(operator(), request);
        return ResponseEntity.created(URI.create(
                        "/api/v1/operator/tenants/" + created.tenant().slug()))
                .body(AdministeredTenantBody.of(created));
    }

    @GetMapping("/{tenant}")
    @Operation(summary = "Get a tenant", operationId = "operatorGetTenant")
    AdministeredTenantBody get(@PathVariable String tenant) {
        return AdministeredTenantBody.of(administration.get(operator(), tenant));
    }

    @PutMapping("/{tenant}/quotas")
    @Operation(
            summary = "Set what a tenant may use",
            description = "What is not said goes back to what every tenant gets.",
            operationId = "operatorSetQuotas")
    AdministeredTenantBody setQuotas(@PathVariable String tenant, @RequestBody NewQuotas request) {
        return AdministeredTenantBody.of(administration.setQuotas(operator(), tenant, request));
    }

    private static Operator operator() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller != null && caller.getPrincipal() instanceof Operator operator) {
            return operator;
        }
        throw new IllegalStateException("no operator behind the operators' door");
    }
}

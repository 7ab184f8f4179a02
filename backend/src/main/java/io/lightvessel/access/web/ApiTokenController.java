package io.lightvessel.access.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.access.ApiToken;
import io.lightvessel.access.ApiTokens;
import io.lightvessel.access.CreatedApiToken;
import io.lightvessel.access.NewApiToken;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/api-tokens")
@Tag(name = "API tokens", description = "What programs use this API with")
class ApiTokenController {
    private final ApiTokens tokens;

    ApiTokenController(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ApiTokenBody(
            String id,
            String name,
            Role role,
            @Nullable String person,
            Instant createdAt,
            String createdBy,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt,
            @Nullable String secret) {

        static ApiTokenBody of(ApiToken token) {
            return of(token, null);
        }

        static ApiTokenBody of(ApiToken token, @Nullable String secret) {
            return new ApiTokenBody(
                    token.id(),
                    token.name(),
                    token.role(),
                    token.person(),
                    token.createdAt(),
                    token.createdBy(),
                    token.expiresAt(),
                    token.revokedAt(),
                    token.lastUsedAt(),
                    secret);
        }
    }

    @GetMapping
    @Requires(Permission.API_TOKEN_READ)
    @Operation(summary = "List API tokens", operationId = "listApiTokens")
    PageBody<ApiTokenBody> list(
            @PathVariable String tenant,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return PageBody.of(tokens.list(PageRequest.parse(pageSize, pageToken)), ApiTokenBody::of);
    }

    @PostMapping
    @Requires(Permission.API_TOKEN_WRITE)
    @Operation(summary = "Create an API token; its secret is in this answer only", operationId = "createApiToken")
    @ApiResponse(responseCode = "201", description = "Created", useReturnTypeSchema = true)
    ResponseEntity<ApiTokenBody> create(@PathVariable String tenant, @RequestBody NewApiToken request) {
        CreatedApiToken created = tokens.create(request);
        URI location = URI.create("/api/v1/tenants/%s/api-tokens/%s"
                .formatted(tenant, created.token().id()));
        return ResponseEntity.created(location)
                .header("Cache-Control", "no-store")
                .body(ApiTokenBody.of(created.token(), created.text()));
    }

    @GetMapping("/{id}")
    @Requires(Permission.API_TOKEN_READ)
    @Operation(summary = "Get an API token", operationId = "getApiToken")
    ApiTokenBody get(@PathVariable String tenant, @PathVariable String id) {
        return ApiTokenBody.of(tokens.get(id));
    }

    @PostMapping("/{id}:revoke")
    @Requires(Permission.API_TOKEN_WRITE)
    @Operation(summary = "Revoke an API token", operationId = "revokeApiToken")
    ApiTokenBody revoke(@PathVariable String tenant, @PathVariable String id) {
        return ApiTokenBody.of(tokens.revoke(id));
    }
}

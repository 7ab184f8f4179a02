package io.lightvessel.access;

import io.lightvessel.audit.Audit;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.RoleGuard;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.Token;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The API tokens of the tenant in scope. */
@Service
@Transactional
public class ApiTokens {
    private final ApiTokenRepository tokens;
    private final FieldErrors constraints;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(ApiTokenRepository tokens, FieldErrors constraints, Audit audit, Clock clock) {
        this.tokens = tokens;
        this.constraints = constraints;
        this.audit = audit;
        this.clock = clock;
    }

    @Requires(Permission.API_TOKEN_WRITE)
    public CreatedApiToken create(NewApiToken request) {
        constraints.check(request);
        RoleGuard.requireAtLeast(
                request.role(),
                "Making an API token with the role " + request.role().word());
        Token token = Token.mint(Token.Kind.API, random);
        ApiToken stored = new ApiToken(
                token.id(),
                request.name(),
                request.role(),
                // A token's tokens are answered for by the same person.
                TenantScope.actor().person(),
                now(),
                TenantScope.actor().name(),
                request.expiresAt(),
                null,
                null);
        tokens.save(new ApiTokenEntity(TenantScope.tenant().value(), stored, token.secretHash()));
        audit.created("api_token.create", "api_token/" + stored.id(), summary(stored));
        return new CreatedApiToken(stored, token.text());
    }

    @Transactional(readOnly = true)
    @Requires(Permission.API_TOKEN_READ)
    public ApiToken get(String id) {
        return find(id).toToken();
    }

    /** By id. */
    @Transactional(readOnly = true)
    @Requires(Permission.API_TOKEN_READ)
    public Page<ApiToken> list(PageRequest request) {
        String after = request.after() == null ? "" : request.after();
        return Page.of(
                tokens.findByPublicIdGreaterThanOrderByPublicId(after, Limit.of(request.size() + 1)).stream()
                        .map(ApiTokenEntity::toToken)
                        .toList(),
                request,
                ApiToken::id);
    }

    /** Takes effect with the next request; revoking twice changes nothing. */
    @Requires(Permission.API_TOKEN_WRITE)
    public ApiToken revoke(String id) {
        ApiTokenEntity token = find(id);
        ApiToken before = token.toToken();
        token.revoke(now());
        if (before.revokedAt() == null) {
            audit.changed("api_token.revoke", "api_token/" + id, summary(before), Map.of("revoked", true));
        } else {
            audit.unchanged();
        }
        return token.toToken();
    }

    private static Map<String, ?> summary(ApiToken token) {
        return Map.of("name", token.name(), "role", token.role());
    }

    void markUsed(String id) {
        tokens.markUsed(id, now());
    }

    private ApiTokenEntity find(String id) {
        return tokens.findByPublicId(id)
                .orElseThrow(() -> new LightvesselException(
                        AccessError.API_TOKEN_NOT_FOUND, "There is no API token %s in this tenant.".formatted(id)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

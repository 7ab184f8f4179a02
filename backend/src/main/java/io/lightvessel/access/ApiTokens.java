package io.lightvessel.access;

import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.Token;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The API tokens of the tenant in scope. */
@Service
@Transactional
public class ApiTokens {
    private final ApiTokenRepository tokens;
    private final FieldErrors constraints;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(ApiTokenRepository tokens, FieldErrors constraints, Clock clock) {
        this.tokens = tokens;
        this.constraints = constraints;
        this.clock = clock;
    }

    public CreatedApiToken create(NewApiToken request) {
        constraints.check(request);
        Token token = Token.mint(Token.Kind.API, random);
        ApiToken stored = new ApiToken(
                token.id(),
                request.name(),
                request.scope(),
                now(),
                TenantScope.actor().name(),
                request.expiresAt(),
                null,
                null);
        tokens.save(new ApiTokenEntity(TenantScope.tenant().value(), stored, token.secretHash()));
        return new CreatedApiToken(stored, token.text());
    }

    @Transactional(readOnly = true)
    public ApiToken get(String id) {
        return find(id).toToken();
    }

    /** By id. */
    @Transactional(readOnly = true)
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
    public ApiToken revoke(String id) {
        ApiTokenEntity token = find(id);
        token.revoke(now());
        return token.toToken();
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

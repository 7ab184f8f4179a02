package io.lightvessel.access;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.tenancy.QuotaGuard;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.Token;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells from a token's text who calls, before any tenant is known; or says why not. */
@Component
public class ApiTokenAuthenticator {
    // Writing the time of every single request would make reads cost a write.
    private static final Duration LAST_USED_ACCURACY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final ApiTokens tokens;
    private final QuotaGuard quotas;
    private final Clock clock;

    ApiTokenAuthenticator(JdbcClient jdbc, ApiTokens tokens, QuotaGuard quotas, Clock clock) {
        this.jdbc = jdbc;
        this.tokens = tokens;
        this.quotas = quotas;
        this.clock = clock;
    }

    private record Stored(
            ApiCaller caller,
            @Nullable Role personRole,
            byte[] hash,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {}

    public ApiCaller authenticate(String text) {
        Token token = parse(text);
        // One answer for an unknown id and a wrong secret, so that ids cannot be tried out.
        Stored stored = jdbc.sql("select * from access_find_api_token(?)")
                .param(token.id())
                .query(this::stored)
                .optional()
                .filter(found -> token.matches(found.hash()))
                .orElseThrow(ApiTokenAuthenticator::invalid);
        Instant now = clock.instant();
        if (stored.revokedAt() != null) {
            throw new LightvesselException(
                    AccessError.API_TOKEN_REVOKED, "API token %s was revoked. Create a new one.".formatted(token.id()));
        }
        if (stored.expiresAt() != null && !stored.expiresAt().isAfter(now)) {
            throw new LightvesselException(
                    AccessError.API_TOKEN_EXPIRED,
                    "API token %s expired at %s. Create a new one.".formatted(token.id(), stored.expiresAt()));
        }
        ApiCaller caller = bounded(stored);
        if (stored.lastUsedAt() == null
                || stored.lastUsedAt().plus(LAST_USED_ACCURACY).isBefore(now)) {
            TenantScope.run(caller.tenant(), caller.actor(), () -> tokens.markUsed(token.id()));
        }
        return caller;
    }

    /** What the token may do, and the person who answers for it may still do. */
    private static ApiCaller bounded(Stored stored) {
        ApiCaller caller = stored.caller();
        if (caller.person() == null) {
            return caller;
        }
        if (stored.personRole() == null) {
            throw new LightvesselException(
                    AccessError.API_TOKEN_ORPHANED,
                    "API token %s was made by %s, who is no member any more. Have a member make a new one."
                            .formatted(caller.tokenId(), caller.person()));
        }
        return new ApiCaller(
                caller.tokenId(),
                caller.person(),
                caller.tenant(),
                caller.tenantSlug(),
                caller.role().atMost(stored.personRole()),
                caller.requestsPerMinute());
    }

    private static Token parse(String text) {
        try {
            Token token = Token.parse(text);
            if (token.kind() == Token.Kind.API) {
                return token;
            }
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        throw new LightvesselException(
                AccessError.API_TOKEN_INVALID, "This is a token of another kind (expected: an API token, lvp_…).");
    }

    private static LightvesselException invalid() {
        return new LightvesselException(
                AccessError.API_TOKEN_INVALID, "The API token is not known here. Check that it was copied whole.");
    }

    private Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(
                new ApiCaller(
                        row.getString("public_id"),
                        row.getString("person"),
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getString("tenant_slug"),
                        Role.valueOf(row.getString("role")),
                        quotas.requestsPerMinute(row.getObject("max_requests_per_minute", Integer.class))),
                role(row.getString("person_role")),
                row.getBytes("secret_hash"),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                instant(row, "last_used_at"));
    }

    private static @Nullable Role role(@Nullable String name) {
        return name == null ? null : Role.valueOf(name);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}

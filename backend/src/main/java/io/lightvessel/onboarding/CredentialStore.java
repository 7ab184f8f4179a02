package io.lightvessel.onboarding;

import io.lightvessel.fleet.AgentId;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.Token;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps what enrolled agents connect with. */
@Component
class CredentialStore {
    private final NamedParameterJdbcTemplate jdbc;

    CredentialStore(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What an agent connects with.
     *
     * @param secretHash null for an agent that goes on using its token
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Credential(
            String id,
            String token,
            AgentId agent,
            InstanceUid uid,
            byte @Nullable [] secretHash,
            @Nullable Instant firstUsedAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {}

    /** The tenant a credential belongs to, asked before there is one in scope. */
    Optional<TenantId> tenantOf(String publicId) {
        return jdbc
                .query(
                        "select tenant_id from onboarding_find_credential(:id)",
                        Map.of("id", publicId),
                        (rows, number) -> new TenantId(rows.getObject(1, UUID.class)))
                .stream()
                .findFirst();
    }

    Optional<Credential> find(String id) {
        return jdbc
                .query(
                        "select * from onboarding_credential where id = :id",
                        Map.of("id", id),
                        (rows, number) -> row(rows))
                .stream()
                .findFirst();
    }

    /** What the agent with this uid got for this token last, unless it was revoked. */
    Optional<Credential> find(String token, InstanceUid uid) {
        return jdbc
                .query("""
                        select * from onboarding_credential
                        where token_id = :token and instance_uid = :uid and revoked_at is null
                        order by issued_at desc limit 1
                        """, Map.of("token", TokenStore.bare(token), "uid", uid.value()), (rows, number) -> row(rows))
                .stream()
                .findFirst();
    }

    /** What an agent connects with now. */
    Optional<Credential> current(AgentId agent) {
        return jdbc.query("""
                        select * from onboarding_credential where agent_id = :agent and revoked_at is null
                        order by issued_at desc limit 1
                        """, Map.of("agent", agent.value()), (rows, number) -> row(rows)).stream()
                .findFirst();
    }

    /** Whether an agent may come back with this token although it lets no new ones in. */
    boolean someMayReturn(String token) {
        return !jdbc.queryForList("""
                        select 1 from onboarding_credential
                        where token_id = :token and revoked_at is null and (secret_hash is null or first_used_at is null)
                        limit 1
                        """, Map.of("token", TokenStore.bare(token)), Integer.class)
                .isEmpty();
    }

    void insert(Token credential, boolean withSecret, String token, AgentId agent, InstanceUid uid, Instant now) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("tenant", TenantScope.tenant().value());
        values.put("id", credential.id());
        values.put("token", TokenStore.bare(token));
        values.put("agent", agent.value());
        values.put("uid", uid.value());
        values.put("hash", withSecret ? credential.secretHash() : null);
        values.put("now", Timestamp.from(now));
        jdbc.update("""
                insert into onboarding_credential
                    (tenant_id, id, token_id, agent_id, instance_uid, secret_hash, issued_at)
                values (:tenant, :id, :token, :agent, :uid, :hash, :now)
                """, values);
    }

    void used(String id, Instant now) {
        jdbc.update(
                "update onboarding_credential set first_used_at = coalesce(first_used_at, :now), last_used_at = :now "
                        + "where id = :id",
                Map.of("id", id, "now", Timestamp.from(now)));
    }

    /** Ends everything an agent could connect with. */
    void revokeAll(AgentId agent, Instant now) {
        jdbc.update(
                "update onboarding_credential set revoked_at = :now where agent_id = :agent and revoked_at is null",
                Map.of("agent", agent.value(), "now", Timestamp.from(now)));
    }

    private static Credential row(ResultSet rows) throws SQLException {
        return new Credential(
                rows.getString("id"),
                TokenStore.PREFIX + rows.getString("token_id"),
                new AgentId(rows.getString("agent_id")),
                new InstanceUid(rows.getObject("instance_uid", UUID.class)),
                rows.getBytes("secret_hash"),
                instant(rows.getTimestamp("first_used_at")),
                instant(rows.getTimestamp("last_used_at")),
                instant(rows.getTimestamp("revoked_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}

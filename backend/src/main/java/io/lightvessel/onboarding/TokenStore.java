package io.lightvessel.onboarding;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.AgentRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps enrolment tokens; the tenant is the one in scope, but for finding out which one it should be. */
@Component
class TokenStore {
    static final String PREFIX = "lve_";

    private static final String SELECT = """
            select t.*, (select coalesce(sum(a.count), 0) from onboarding_attempt a
                         where a.tenant_id = t.tenant_id and a.token_id = t.id and a.code <> 'accepted') as refused
            from onboarding_token t
            """;

    private final NamedParameterJdbcTemplate jdbc;

    TokenStore(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A token with the hash of its secret. */
    record Stored(EnrollmentToken token, byte[] secretHash) {}

    /** The tenant a token belongs to, asked before there is one in scope. */
    Optional<TenantId> tenantOf(String publicId) {
        return jdbc
                .query(
                        "select tenant_id from onboarding_find_token(:id)",
                        Map.of("id", publicId),
                        (rows, number) -> new TenantId(rows.getObject(1, UUID.class)))
                .stream()
                .findFirst();
    }

    void insert(EnrollmentToken token, byte[] secretHash) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("tenant", TenantScope.tenant().value());
        values.put("id", bare(token.id()));
        values.put("cluster", token.cluster().value());
        values.put("label", token.label());
        values.put("role", token.role() == null ? null : token.role().name());
        values.put("hash", secretHash);
        values.put("max_uses", token.maxUses());
        values.put("expires_at", timestamp(token.expiresAt()));
        values.put("created_at", timestamp(token.createdAt()));
        values.put("created_by", token.createdBy());
        jdbc.update("""
                insert into onboarding_token
                    (tenant_id, id, cluster_id, label, role, secret_hash, max_uses, expires_at, created_at, created_by)
                values (:tenant, :id, :cluster, :label, :role, :hash, :max_uses, :expires_at, :created_at, :created_by)
                """, values);
    }

    Optional<Stored> find(String id) {
        return jdbc.query(SELECT + "where t.id = :id", Map.of("id", bare(id)), (rows, number) -> row(rows)).stream()
                .findFirst();
    }

    /** As {@link #find}; nobody else can use the token before the transaction ends. */
    Optional<Stored> lock(String id) {
        return jdbc
                .query(
                        SELECT + "where t.id = :id for no key update of t",
                        Map.of("id", bare(id)),
                        (rows, number) -> row(rows))
                .stream()
                .findFirst();
    }

    /** Newest first; the key to go on after is the id of the last one shown. */
    List<EnrollmentToken> list(PageRequest request, @Nullable ClusterId cluster) {
        String after = request.after();
        if (after != null && find(after).isEmpty()) {
            throw request.foreign();
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("after", request.after() == null ? null : bare(request.after()));
        values.put("cluster", cluster == null ? null : cluster.value());
        values.put("limit", request.size() + 1);
        return jdbc.query(SELECT + """
                where (:cluster::uuid is null or t.cluster_id = :cluster::uuid)
                  and (:after::text is null
                       or (t.created_at, t.id) < (select b.created_at, b.id from onboarding_token b where b.id = :after))
                order by t.created_at desc, t.id desc limit :limit
                """, values, (rows, number) -> row(rows).token());
    }

    void countUse(String id, Instant now) {
        jdbc.update(
                "update onboarding_token set uses = uses + 1, last_used_at = :now where id = :id",
                Map.of("id", bare(id), "now", Timestamp.from(now)));
    }

    boolean revoke(String id, Instant now) {
        return jdbc.update(
                        "update onboarding_token set revoked_at = coalesce(revoked_at, :now) where id = :id",
                        Map.of("id", bare(id), "now", Timestamp.from(now)))
                > 0;
    }

    /** Agents that came in with a token, newest first. */
    List<AgentId> agents(String id) {
        return jdbc.query(
                "select agent_id from onboarding_credential where token_id = :id group by agent_id "
                        + "order by max(issued_at) desc, agent_id limit 50",
                Map.of("id", bare(id)),
                (rows, number) -> new AgentId(rows.getString(1)));
    }

    private static Stored row(ResultSet rows) throws SQLException {
        String role = rows.getString("role");
        int maxUses = rows.getInt("max_uses");
        boolean unlimited = rows.wasNull();
        EnrollmentToken token = new EnrollmentToken(
                PREFIX + rows.getString("id"),
                rows.getString("label"),
                new ClusterId(rows.getObject("cluster_id", UUID.class)),
                role == null ? null : AgentRole.valueOf(role),
                unlimited ? null : maxUses,
                rows.getInt("uses"),
                rows.getLong("refused"),
                instant(rows.getTimestamp("expires_at")),
                instant(rows.getTimestamp("revoked_at")),
                rows.getTimestamp("created_at").toInstant(),
                rows.getString("created_by"),
                instant(rows.getTimestamp("last_used_at")));
        return new Stored(token, rows.getBytes("secret_hash"));
    }

    static String bare(String id) {
        return id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}

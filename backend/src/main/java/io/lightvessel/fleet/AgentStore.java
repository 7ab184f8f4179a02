package io.lightvessel.fleet;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps agents in PostgreSQL, many to a statement; the tenant is the one in scope. */
@Component
class AgentStore {
    private static final TypeReference<TreeMap<String, String>> ATTRIBUTES = new TypeReference<>() {};
    private static final String INSERT = """
            insert into fleet_agent (tenant_id, id, cluster_id, instance_uid, name, role, own, version, host, attributes,
                capabilities, enrolled_at, health_status, health_reason, health_since, reported_status,
                config_status, config_reason, config_since)
            values (:tenant, :id, :cluster, :uid, :name, :role, :own, :version, :host, :attributes::jsonb,
                :capabilities, :enrolled_at, :health_status, :health_reason, :health_since, :reported_status,
                :config_status, :config_reason, :config_since)
            """;
    private static final String UPDATE = """
            update fleet_agent set name = :name, role = :role, own = :own, version = :version, host = :host,
                attributes = :attributes::jsonb, capabilities = :capabilities, connected_at = :connected_at,
                disconnected_at = :disconnected_at, said_goodbye = :goodbye, last_seen_at = :last_seen,
                components = :components::jsonb, health_status = :health_status, health_reason = :health_reason,
                health_since = :health_since, reported_hash = :reported_hash, reported_status = :reported_status,
                reported_error = :reported_error, config_status = :config_status, config_reason = :config_reason,
                config_since = :config_since, config_applied_at = :config_applied_at, first_data_at = :first_data_at,
                effective_config = :effective_config
            where tenant_id = :tenant and id = :id
            """;

    private final NamedParameterJdbcTemplate jdbc;
    private final JsonMapper json;

    AgentStore(NamedParameterJdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Transactional
    public void insert(AgentRow row) {
        jdbc.update(INSERT, parameters(row));
    }

    @Transactional
    public void update(Collection<AgentRow> rows) {
        jdbc.batchUpdate(UPDATE, rows.stream().map(this::parameters).toArray(MapSqlParameterSource[]::new));
    }

    @Transactional
    public void changeUid(AgentId id, InstanceUid uid) {
        jdbc.update(
                "update fleet_agent set instance_uid = :uid where id = :id",
                Map.of("id", id.value(), "uid", uid.value()));
    }

    @Transactional
    public boolean delete(AgentId id) {
        return jdbc.update("delete from fleet_agent where id = :id", Map.of("id", id.value())) > 0;
    }

    @Transactional(readOnly = true)
    public List<AgentRow> load() {
        return jdbc.query("select * from fleet_agent", Map.of(), (rows, number) -> row(rows));
    }

    @Transactional(readOnly = true)
    public List<AgentRow> load(AgentId id) {
        return jdbc.query(
                "select * from fleet_agent where id = :id", Map.of("id", id.value()), (rows, number) -> row(rows));
    }

    private MapSqlParameterSource parameters(AgentRow row) {
        return new MapSqlParameterSource()
                .addValue("tenant", TenantScope.tenant().value())
                .addValue("id", row.id().value())
                .addValue("cluster", row.cluster().value())
                .addValue("uid", row.uid().value())
                .addValue("name", row.name())
                .addValue("role", row.role() == null ? null : row.role().name())
                .addValue("own", row.own())
                .addValue("version", row.version())
                .addValue("host", row.host())
                .addValue("attributes", json.writeValueAsString(row.attributes()))
                .addValue("capabilities", row.capabilities())
                .addValue("enrolled_at", timestamp(row.enrolledAt()))
                .addValue("connected_at", timestamp(row.connectedAt()))
                .addValue("disconnected_at", timestamp(row.disconnectedAt()))
                .addValue("goodbye", row.goodbye())
                .addValue("last_seen", timestamp(row.lastSeen()))
                .addValue("components", row.components() == null ? null : json.writeValueAsString(row.components()))
                .addValue("health_status", row.health().status().name())
                .addValue("health_reason", row.health().reason())
                .addValue("health_since", timestamp(row.health().since()))
                .addValue("reported_hash", row.reportedHash())
                .addValue("reported_status", row.reportedStatus().name())
                .addValue("reported_error", row.reportedError())
                .addValue("config_status", row.configStatus().name())
                .addValue("config_reason", row.configReason())
                .addValue("config_since", timestamp(row.configSince()))
                .addValue("config_applied_at", timestamp(row.configAppliedAt()))
                .addValue("first_data_at", timestamp(row.firstDataAt()))
                .addValue("effective_config", row.effectiveConfig());
    }

    private AgentRow row(ResultSet rows) throws SQLException {
        String role = rows.getString("role");
        String components = rows.getString("components");
        return new AgentRow(
                new AgentId(rows.getString("id")),
                new ClusterId(rows.getObject("cluster_id", UUID.class)),
                new InstanceUid(rows.getObject("instance_uid", UUID.class)),
                rows.getString("name"),
                role == null ? null : AgentRole.valueOf(role),
                rows.getBoolean("own"),
                rows.getString("version"),
                rows.getString("host"),
                json.readValue(rows.getString("attributes"), ATTRIBUTES),
                rows.getLong("capabilities"),
                instant(rows, "enrolled_at"),
                instantOrNull(rows, "connected_at"),
                instantOrNull(rows, "disconnected_at"),
                rows.getBoolean("said_goodbye"),
                instantOrNull(rows, "last_seen_at"),
                components == null ? null : json.readValue(components, ComponentHealth.class),
                new Health(
                        HealthStatus.valueOf(rows.getString("health_status")),
                        rows.getString("health_reason"),
                        instant(rows, "health_since")),
                rows.getString("reported_hash"),
                RemoteConfigStatuses.valueOf(rows.getString("reported_status")),
                rows.getString("reported_error"),
                ConfigStatus.valueOf(rows.getString("config_status")),
                rows.getString("config_reason"),
                instant(rows, "config_since"),
                instantOrNull(rows, "config_applied_at"),
                instantOrNull(rows, "first_data_at"),
                rows.getString("effective_config"));
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        return rows.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet rows, String column) throws SQLException {
        Timestamp timestamp = rows.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}

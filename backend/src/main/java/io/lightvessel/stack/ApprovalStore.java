package io.lightvessel.stack;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Approvals of revisions and the rule that asks for them, for the tenant in scope. */
@Component
class ApprovalStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    ApprovalStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    ApprovalRule rule() {
        return jdbc.sql("select approval from stack_settings")
                .query((row, index) -> ApprovalRule.valueOf(row.getString("approval")))
                .optional()
                .orElse(ApprovalRule.NONE);
    }

    /** The rule, which stays until the transaction ends. */
    ApprovalRule lockedRule() {
        jdbc.sql("insert into stack_settings (tenant_id, approval) values (?, 'NONE') on conflict do nothing")
                .param(TenantScope.tenant().value())
                .update();
        return jdbc.sql("select approval from stack_settings for update")
                .query((row, index) -> ApprovalRule.valueOf(row.getString("approval")))
                .single();
    }

    void setRule(ApprovalRule rule) {
        jdbc.sql("update stack_settings set approval = ?").param(rule.name()).update();
    }

    Optional<Approval> find(ClusterId cluster, int number) {
        return jdbc.sql("select * from stack_approval where cluster_id = ? and number = ?")
                .params(cluster.value(), number)
                .query(this::approval)
                .optional();
    }

    /** By the number of their revision. */
    Map<Integer, Approval> between(ClusterId cluster, int lowest, int highest) {
        Map<Integer, Approval> found = new HashMap<>();
        jdbc.sql("select * from stack_approval where cluster_id = ? and number between ? and ?")
                .params(cluster.value(), lowest, highest)
                .query((row, index) -> found.put(row.getInt("number"), approval(row, index)))
                .list();
        return found;
    }

    void insert(ClusterId cluster, int number, Approval approval) {
        jdbc.sql("""
                        insert into stack_approval (tenant_id, cluster_id, number, authors, least_role, state, reason)
                        values (?, ?, ?, ?::jsonb, ?, ?, ?)""")
                .params(
                        TenantScope.tenant().value(),
                        cluster.value(),
                        number,
                        json.writeValueAsString(approval.authors()),
                        approval.least().name(),
                        approval.state().name(),
                        approval.reason())
                .update();
    }

    /** Whether nobody had decided yet. */
    boolean decide(ClusterId cluster, int number, Approval.State how, String by, Instant at, String reason) {
        return jdbc.sql("""
                        update stack_approval set state = ?, decided_by = ?, decided_at = ?, reason = ?
                        where cluster_id = ? and number = ? and state = 'PENDING'""")
                        .params(how.name(), by, Timestamp.from(at), reason, cluster.value(), number)
                        .update()
                == 1;
    }

    private Approval approval(ResultSet row, int index) throws SQLException {
        Timestamp at = row.getTimestamp("decided_at");
        return new Approval(
                Approval.State.valueOf(row.getString("state")),
                Authors.read(json, row.getString("authors")),
                Role.valueOf(row.getString("least_role")),
                row.getString("decided_by"),
                at == null ? null : at.toInstant(),
                row.getString("reason"));
    }
}

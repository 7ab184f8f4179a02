package io.lightvessel.audit;

import io.lightvessel.tenancy.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of the audit log; works inside the caller's transaction and tenant. */
@Component
class AuditStore {
    private static final HexFormat HEX = HexFormat.of();

    private final JdbcClient jdbc;

    AuditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where a chain ends. */
    record Head(long number, String hash) {}

    /** The end of the chain, which is the caller's alone until the transaction ends. */
    Head lock() {
        UUID tenant = TenantScope.tenant().value();
        jdbc.sql("insert into audit_head (tenant_id, number, hash) values (?, 0, ?) on conflict do nothing")
                .params(tenant, HEX.parseHex(AuditEntry.GENESIS))
                .update();
        return jdbc.sql("select number, hash from audit_head where tenant_id = ? for update")
                .param(tenant)
                .query(AuditStore::headRow)
                .single();
    }

    Optional<Head> head() {
        return jdbc.sql("select number, hash from audit_head")
                .query(AuditStore::headRow)
                .optional();
    }

    void append(AuditEntry entry) {
        jdbc.sql("""
                        insert into audit_entry (tenant_id, number, at, actor, action, target, request_id, state_before,
                            state_after, previous, hash)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(TenantScope.tenant().value())
                .param(entry.number())
                .param(Timestamp.from(entry.at()))
                .param(entry.actor())
                .param(entry.action())
                .param(entry.target())
                .param(entry.requestId())
                .param(entry.before())
                .param(entry.after())
                .param(entry.previousBytes())
                .param(entry.hashBytes())
                .update();
    }

    void moveHead(long number, String hash) {
        jdbc.sql("update audit_head set number = ?, hash = ? where tenant_id = ?")
                .params(number, HEX.parseHex(hash), TenantScope.tenant().value())
                .update();
    }

    /** In the order of the chain, from the entry after the given number on. */
    List<AuditEntry> chain(long after, int limit) {
        return jdbc.sql("select * from audit_entry where number > ? order by number limit ?")
                .params(after, limit)
                .query(AuditStore::entry)
                .list();
    }

    /** Latest first, from the entry before the given number on. */
    List<AuditEntry> list(AuditFilter filter, long before, int limit) {
        StringBuilder where = new StringBuilder("number < :before");
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("before", before);
        values.put("limit", limit);
        add(where, values, "actor = :actor", "actor", filter.actor());
        String action = filter.action();
        if (action != null && action.endsWith(".*")) {
            add(where, values, "starts_with(action, :action)", "action", action.substring(0, action.length() - 1));
        } else {
            add(where, values, "action = :action", "action", action);
        }
        add(where, values, "target = :target", "target", filter.target());
        add(where, values, "at >= :from", "from", filter.from() == null ? null : Timestamp.from(filter.from()));
        add(where, values, "at < :until", "until", filter.until() == null ? null : Timestamp.from(filter.until()));
        return jdbc.sql("select * from audit_entry where " + where + " order by number desc limit :limit")
                .params(values)
                .query(AuditStore::entry)
                .list();
    }

    private static void add(
            StringBuilder where,
            Map<String, @Nullable Object> values,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            where.append(" and ").append(condition);
            values.put(name, value);
        }
    }

    private static Head headRow(ResultSet row, int number) throws SQLException {
        return new Head(row.getLong("number"), HEX.formatHex(row.getBytes("hash")));
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                row.getTimestamp("at").toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("target"),
                row.getString("request_id"),
                row.getString("state_before"),
                row.getString("state_after"),
                HEX.formatHex(row.getBytes("previous")),
                HEX.formatHex(row.getBytes("hash")));
    }
}

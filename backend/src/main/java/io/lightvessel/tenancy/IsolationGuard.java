package io.lightvessel.tenancy;

import io.lightvessel.platform.StartupRefused;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Refuses to start when the database would not keep tenants apart: an unprotected table, or a role that policies do not bind. */
class IsolationGuard {
    private final DataSource dataSource;

    IsolationGuard(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void check() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            refuseIfAny(
                    "tables with a tenant_id but without forced row-level security and a tenant policy",
                    "call tenancy_isolate for each in its migration",
                    column(statement, """
                            select c.relname
                            from pg_class c join pg_namespace n on n.oid = c.relnamespace
                            where c.relkind in ('r', 'p') and n.nspname = current_schema()
                              and exists (select from pg_attribute a
                                          where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
                              and (not c.relrowsecurity or not c.relforcerowsecurity
                                   or not exists (select from pg_policy p
                                                  where p.polrelid = c.oid and p.polname = 'tenant_isolation'))
                            order by 1
                            """));
            refuseIfAny(
                    "a database role that row-level security does not bind (superuser, bypassrls or owner of tables)",
                    "connect as a role with none of these",
                    column(statement, """
                            select rolname from pg_roles r
                            where rolname = current_user
                              and (rolsuper or rolbypassrls
                                   or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                                              where c.relkind in ('r', 'p') and n.nspname = current_schema()
                                                and pg_has_role(current_user, c.relowner, 'member')))
                            """));
        } catch (SQLException e) {
            throw new StartupRefused("The database cannot be checked for tenant isolation: " + e.getMessage(), e);
        }
    }

    private static void refuseIfAny(String what, String cure, List<String> found) {
        if (!found.isEmpty()) {
            throw new StartupRefused("Tenants would not be kept apart, found %s: %s (expected: none; %s)."
                    .formatted(what, String.join(", ", found), cure));
        }
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}

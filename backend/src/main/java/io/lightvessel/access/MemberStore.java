package io.lightvessel.access;

import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of members; works inside the caller's transaction and tenant. */
@Component
class MemberStore {
    private final JdbcClient jdbc;

    MemberStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Member> list(PageRequest page) {
        return jdbc.sql("select * from access_member where name > ? order by name limit ?")
                .params(page.after() == null ? "" : page.after(), page.size() + 1)
                .query(MemberStore::member)
                .list();
    }

    Optional<Member> find(String name) {
        return jdbc.sql("select * from access_member where name = ?")
                .param(name)
                .query(MemberStore::member)
                .optional();
    }

    /** Holds all owners' rows, in one order, until the transaction ends: two of them cannot both leave as the last but one. */
    List<String> lockOwners() {
        return jdbc.sql("select name from access_member where role = 'OWNER' order by name for update")
                .query((row, number) -> row.getString("name"))
                .list();
    }

    /** False when there is such a member already. */
    boolean insert(Member member) {
        return jdbc.sql("""
                        insert into access_member (tenant_id, name, role, added_at, added_by) values (?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                        .params(
                                TenantScope.tenant().value(),
                                member.name(),
                                member.role().name(),
                                Timestamp.from(member.addedAt()),
                                member.addedBy())
                        .update()
                == 1;
    }

    void changeRole(String name, Role role) {
        jdbc.sql("update access_member set role = ? where name = ?")
                .params(role.name(), name)
                .update();
    }

    void delete(String name) {
        jdbc.sql("delete from access_member where name = ?").param(name).update();
    }

    /** Remembers who the person is; whoever was first stays. */
    void bind(String name, String subject) {
        jdbc.sql("update access_member set subject = ? where name = ? and subject is null")
                .params(subject, name)
                .update();
    }

    private static Member member(ResultSet row, int number) throws SQLException {
        return new Member(
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("subject") != null,
                row.getTimestamp("added_at").toInstant(),
                row.getString("added_by"));
    }
}

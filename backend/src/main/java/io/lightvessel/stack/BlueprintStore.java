package io.lightvessel.stack;

import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Blueprints and their revisions as they are stored, for the tenant in scope. */
@Component
class BlueprintStore {
    private static final String COLUMNS = """
            select b.slug, b.name, b.created_at, b.created_by, m.kind as manager_kind, m.ref as manager_ref,
                   (select coalesce(max(r.number), 0) from stack_blueprint_revision r
                    where r.tenant_id = b.tenant_id and r.blueprint = b.slug) as revision,
                   (select count(*) from stack_inheritance i
                    where i.tenant_id = b.tenant_id and i.blueprint = b.slug) as clusters
            from stack_blueprint b
            left join stack_blueprint_manager m on m.tenant_id = b.tenant_id and m.blueprint = b.slug
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    BlueprintStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Blueprint> find(String slug) {
        return jdbc.sql(COLUMNS + "where b.slug = ?")
                .param(slug)
                .query(BlueprintStore::blueprint)
                .optional();
    }

    /** Keeps everybody else from saving a revision, or from beginning to inherit, until the transaction ends. */
    boolean lock(String slug) {
        return jdbc.sql("select slug from stack_blueprint where slug = ? for update")
                .param(slug)
                .query(String.class)
                .optional()
                .isPresent();
    }

    Page<Blueprint> list(PageRequest request) {
        String after = request.after() == null ? "" : request.after();
        return Page.of(
                jdbc.sql(COLUMNS + "where b.slug > ? order by b.slug limit ?")
                        .params(after, request.size() + 1)
                        .query(BlueprintStore::blueprint)
                        .list(),
                request,
                Blueprint::slug);
    }

    void insert(String slug, String name, Instant at, String by) {
        jdbc.sql("insert into stack_blueprint (tenant_id, slug, name, created_at, created_by) values (?, ?, ?, ?, ?)")
                .params(TenantScope.tenant().value(), slug, name, Timestamp.from(at), by)
                .update();
    }

    void delete(String slug) {
        jdbc.sql("delete from stack_blueprint where slug = ?").param(slug).update();
    }

    void insert(BlueprintRevision revision) {
        jdbc.sql("""
                        insert into stack_blueprint_revision
                            (tenant_id, blueprint, number, author, message, created_at, content)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb)""")
                .params(
                        TenantScope.tenant().value(),
                        revision.blueprint(),
                        revision.number(),
                        revision.author(),
                        revision.message(),
                        Timestamp.from(revision.createdAt()),
                        json.writeValueAsString(revision.content()))
                .update();
    }

    Optional<BlueprintRevision> find(String slug, int number) {
        return jdbc.sql("select * from stack_blueprint_revision where blueprint = ? and number = ?")
                .params(slug, number)
                .query(this::revision)
                .optional();
    }

    Page<BlueprintRevision> revisions(String slug, PageRequest request) {
        int before = request.before(Integer.MAX_VALUE);
        return Page.of(
                jdbc.sql("""
                                select * from stack_blueprint_revision where blueprint = ? and number < ?
                                order by number desc limit ?""")
                        .params(slug, before, request.size() + 1)
                        .query(this::revision)
                        .list(),
                request,
                revision -> Integer.toString(revision.number()));
    }

    private static Blueprint blueprint(ResultSet row, int index) throws SQLException {
        return new Blueprint(
                row.getString("slug"),
                row.getString("name"),
                row.getInt("revision"),
                row.getInt("clusters"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                manager(row));
    }

    private static @Nullable Manager manager(ResultSet row) throws SQLException {
        String kind = row.getString("manager_kind");
        return kind == null ? null : new Manager(Manager.Kind.valueOf(kind), row.getString("manager_ref"));
    }

    private BlueprintRevision revision(ResultSet row, int index) throws SQLException {
        return new BlueprintRevision(
                row.getString("blueprint"),
                row.getInt("number"),
                row.getString("author"),
                row.getString("message"),
                row.getTimestamp("created_at").toInstant(),
                json.readValue(row.getString("content"), BlueprintContent.class));
    }
}

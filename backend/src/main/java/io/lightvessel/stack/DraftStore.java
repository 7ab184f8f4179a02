package io.lightvessel.stack;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Drafts as they are stored, for the tenant in scope. */
@Component
class DraftStore {
    private final JdbcClient jdbc;
    private final StackDocument documents;
    private final JsonMapper json;

    DraftStore(JdbcClient jdbc, StackDocument documents, JsonMapper json) {
        this.jdbc = jdbc;
        this.documents = documents;
        this.json = json;
    }

    Page<Draft> list(ClusterId cluster, PageRequest request) {
        return Page.of(
                jdbc.sql("select * from stack_draft where cluster_id = ? and id > ? order by id limit ?")
                        .params(cluster.value(), request.afterId(), request.size() + 1)
                        .query(this::draft)
                        .list(),
                request,
                draft -> draft.id().toString());
    }

    Optional<Draft> find(ClusterId cluster, UUID id) {
        return jdbc.sql("select * from stack_draft where cluster_id = ? and id = ?")
                .params(cluster.value(), id)
                .query(this::draft)
                .optional();
    }

    /** One of the same author that says the same, so that a repeated request is kept once. */
    Optional<Draft> same(Draft draft) {
        return jdbc.sql("""
                        select * from stack_draft
                        where cluster_id = ? and author = ? and base = ? and spec = ?::jsonb limit 1""")
                .params(draft.cluster().value(), draft.author(), draft.base(), documents.write(draft.spec()))
                .query(this::draft)
                .optional();
    }

    int count(ClusterId cluster) {
        return jdbc.sql("select count(*) from stack_draft where cluster_id = ?")
                .param(cluster.value())
                .query(Integer.class)
                .single();
    }

    void insert(Draft draft) {
        jdbc.sql("""
                        insert into stack_draft
                            (id, tenant_id, cluster_id, author, authors, base, message, spec, version, created_at,
                             updated_at)
                        values (?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb, ?, ?, ?)""")
                .params(
                        draft.id(),
                        TenantScope.tenant().value(),
                        draft.cluster().value(),
                        draft.author(),
                        json.writeValueAsString(draft.authors()),
                        draft.base(),
                        draft.message(),
                        documents.write(draft.spec()),
                        draft.version(),
                        Timestamp.from(draft.createdAt()),
                        Timestamp.from(draft.updatedAt()))
                .update();
    }

    /** Whether the draft was still at the version before. */
    boolean update(Draft draft) {
        return jdbc.sql("""
                        update stack_draft set authors = ?::jsonb, base = ?, message = ?, spec = ?::jsonb, version = ?, updated_at = ?
                        where cluster_id = ? and id = ? and version = ?""")
                        .params(
                                json.writeValueAsString(draft.authors()),
                                draft.base(),
                                draft.message(),
                                documents.write(draft.spec()),
                                draft.version(),
                                Timestamp.from(draft.updatedAt()),
                                draft.cluster().value(),
                                draft.id(),
                                draft.version() - 1)
                        .update()
                == 1;
    }

    boolean delete(Draft draft) {
        return jdbc.sql("delete from stack_draft where cluster_id = ? and id = ? and version = ?")
                        .params(draft.cluster().value(), draft.id(), draft.version())
                        .update()
                == 1;
    }

    // Older drafts name their author alone.
    private List<String> authors(ResultSet row) throws SQLException {
        List<String> authors = Authors.read(json, row.getString("authors"));
        return authors.isEmpty() ? List.of(row.getString("author")) : authors;
    }

    private Draft draft(ResultSet row, int index) throws SQLException {
        return new Draft(
                row.getObject("id", UUID.class),
                new ClusterId(row.getObject("cluster_id", UUID.class)),
                row.getString("author"),
                authors(row),
                row.getInt("base"),
                row.getString("message"),
                documents.read(row.getString("spec")),
                row.getLong("version"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}

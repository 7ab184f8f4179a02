package io.lightvessel.stack;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.TenantScope;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which clusters inherit from which blueprint now. */
@Component
class InheritanceStore {
    private final JdbcClient jdbc;

    InheritanceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void set(ClusterId cluster, @Nullable Inheritance inheritance) {
        if (inheritance == null) {
            jdbc.sql("delete from stack_inheritance where cluster_id = ?")
                    .param(cluster.value())
                    .update();
            return;
        }
        jdbc.sql("""
                        insert into stack_inheritance (tenant_id, cluster_id, blueprint, follows) values (?, ?, ?, ?)
                        on conflict (tenant_id, cluster_id)
                            do update set blueprint = excluded.blueprint, follows = excluded.follows""")
                .params(TenantScope.tenant().value(), cluster.value(), inheritance.blueprint(), inheritance.follows())
                .update();
    }

    List<ClusterId> followers(String blueprint) {
        return jdbc.sql("select cluster_id from stack_inheritance where blueprint = ? and follows order by cluster_id")
                .param(blueprint)
                .query((row, index) -> new ClusterId(row.getObject("cluster_id", UUID.class)))
                .list();
    }

    int count(String blueprint) {
        return jdbc.sql("select count(*) from stack_inheritance where blueprint = ?")
                .param(blueprint)
                .query(Integer.class)
                .single();
    }

    /** Ids in order; the cluster feature knows the rest of them. */
    Page<ClusterId> list(String blueprint, PageRequest request) {
        List<ClusterId> rows = jdbc.sql("""
                        select cluster_id from stack_inheritance where blueprint = ? and cluster_id > ?
                        order by cluster_id limit ?""")
                .params(blueprint, request.afterId(), request.size() + 1)
                .query((row, index) -> new ClusterId(row.getObject("cluster_id", UUID.class)))
                .list();
        return Page.of(rows, request, id -> id.value().toString());
    }

    boolean follows(ClusterId cluster) {
        return jdbc.sql("select follows from stack_inheritance where cluster_id = ?")
                .param(cluster.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }
}

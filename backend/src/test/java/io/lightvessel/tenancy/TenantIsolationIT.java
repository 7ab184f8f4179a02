package io.lightvessel.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.access.ApiTokens;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackService;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ControlPlaneTest
class TenantIsolationIT {
    @Autowired
    private TestTenants tenants;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private StackService stacks;

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    private TransactionTemplate transaction;
    private TestTenant mine;
    private TestTenant other;

    @BeforeEach
    void twoTenants() {
        transaction = new TransactionTemplate(transactions);
        mine = tenants.create();
        other = tenants.create();
        mine.run(() -> {
            Cluster cluster = clusters.create(new NewCluster("prod"));
            stacks.save(cluster, StackFixtures.demo(), 0, "first");
        });
    }

    @Test
    void everyTenantTableIsBoundToTheTransactionsTenant() {
        assertThat(tenantTables()).contains("cluster_cluster", "stack_revision", "access_api_token", "access_member");
        for (String table : tenantTables()) {
            assertThat(jdbc.sql("""
                                    select pg_get_expr(polqual, polrelid) || ' / ' || pg_get_expr(polwithcheck, polrelid)
                                    from pg_policy where polrelid = ?::regclass and polname = 'tenant_isolation'
                                      and polcmd = '*' and polroles = '{0}'""").param(table).query(String.class).list())
                    .as(table)
                    .containsExactly("(tenant_id = tenancy_current()) / (tenant_id = tenancy_current())");
        }
    }

    @Test
    void noPolicyButTheTenantsOwnAppliesToTheRoleWeWorkWith() {
        assertThat(jdbc.sql("""
                                select polrelid::regclass || '.' || polname from pg_policy
                                where polname <> 'tenant_isolation'
                                  and exists (select from unnest(polroles) r
                                              where r = 0 or pg_has_role(current_user, r, 'member'))""").query(String.class).list()).isEmpty();
    }

    @Test
    void withoutATenantNoTableShowsARow() {
        for (String table : tenantTables()) {
            assertThat(count(table)).as(table).isZero();
        }
    }

    @Test
    void anotherTenantSeesNoneOfMyRows() {
        UUID me = mine.tenant().id().value();
        for (String table : tenantTables()) {
            assertThat(other.call(() -> countOf(table, me))).as(table).isZero();
        }
        for (String table : List.of("cluster_cluster", "stack_revision", "access_api_token")) {
            assertThat(mine.call(() -> countOf(table, me))).as(table).isPositive();
        }
    }

    @Test
    void everyRepositoryKeepsTenantsApart() {
        Cluster cluster = mine.call(() -> clusters.get("prod"));
        String token = mine.token().split("_")[1];

        other.run(() -> {
            assertThat(clusters.find("prod")).isEmpty();
            assertThat(clusters.find(cluster.id())).isEmpty();
            assertThat(clusters.list(PageRequest.FIRST).items()).isEmpty();
            assertThat(stacks.current(cluster.id())).isEmpty();
            assertThat(stacks.revisions(cluster.id(), PageRequest.FIRST).items())
                    .isEmpty();
            assertThatThrownBy(() -> stacks.revision(cluster.id(), 1))
                    .hasMessage("There is no revision 1 of this stack.");
            assertThat(tokens.list(PageRequest.FIRST).items())
                    .extracting(t -> t.id())
                    .doesNotContain(token);
            assertThatThrownBy(() -> tokens.revoke(token)).hasMessageStartingWith("There is no API token");
        });
    }

    @Test
    void aStackCannotBeSavedForAnotherTenantsCluster() {
        Cluster cluster = mine.call(() -> clusters.get("prod"));

        assertThatThrownBy(() -> other.call(() -> stacks.save(cluster, StackFixtures.demo(), 0, "stolen")))
                .hasMessageContaining("prod");
        assertThat(mine.call(() -> stacks.current(cluster.id()).orElseThrow().message()))
                .isEqualTo("first");
    }

    @Test
    void rowsOfAnotherTenantCannotBeWritten() {
        UUID me = mine.tenant().id().value();

        assertThatThrownBy(() -> other.call(() -> write("""
                        insert into cluster_cluster
                            (id, tenant_id, slug, name, environment, labels, version, created_at, created_by)
                        values (gen_random_uuid(), ?, 'sneak', 'x', '', '{}', 0, now(), 'eve')""", me)))
                .rootCause()
                .hasMessageContaining("violates row-level security policy for table \"cluster_cluster\"");
        assertThat(other.call(() -> write("update cluster_cluster set name = 'x' where tenant_id = ?", me)))
                .isZero();
        assertThat(other.call(() -> write("delete from cluster_cluster where tenant_id = ?", me)))
                .isZero();
    }

    @Test
    void revisionsCannotBeChangedAfterwards() {
        UUID me = mine.tenant().id().value();
        for (String statement : List.of(
                "update stack_revision set message = 'x' where tenant_id = ?",
                "delete from stack_revision where tenant_id = ?")) {
            assertThatThrownBy(() -> mine.call(() -> write(statement, me)))
                    .rootCause()
                    .hasMessageContaining("permission denied for table stack_revision");
        }
    }

    @Test
    void onePooledConnectionServesTenantsInTurnWithoutMixingThem() {
        Set<Object> connections = new HashSet<>();
        for (int round = 0; round < 10_000; round++) {
            TestTenant tenant = round % 2 == 0 ? mine : other;
            Map<String, Object> seen = tenant.call(() -> transaction.execute(status -> jdbc.sql(
                            "select pg_backend_pid() as connection, (select count(*) from cluster_cluster) as rows")
                    .query()
                    .singleRow()));
            connections.add(seen.get("connection"));
            assertThat(seen.get("rows")).as("round %s", round).isEqualTo(round % 2 == 0 ? 1L : 0L);
            if (round % 100 == 0) {
                assertThat(count("cluster_cluster")).as("after round %s", round).isZero();
            }
        }
        assertThat(connections)
                .as("connections used: fewer than rounds, or nothing was shared")
                .hasSizeLessThan(20);
    }

    @Test
    void aTransactionDoesNotChangeItsTenant() {
        assertThatThrownBy(() -> mine.run(() -> transaction.executeWithoutResult(status -> other.run(() -> {}))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bound inside a transaction of tenant");
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> mine.run(() -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bound inside a transaction of no tenant");
    }

    private List<String> tenantTables() {
        return jdbc.sql("""
                        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                          and a.attname = 'tenant_id' order by 1""").query(String.class).list();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private Long countOf(String table, UUID tenant) {
        return transaction.execute(status -> jdbc.sql("select count(*) from " + table + " where tenant_id = ?")
                .param(tenant)
                .query(Long.class)
                .single());
    }

    private Integer write(String statement, UUID tenant) {
        return transaction.execute(status -> jdbc.sql(statement).param(tenant).update());
    }
}

package io.lightvessel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.stack.StackDocument;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Any page of a long list comes from an index, wherever it begins. With {@code -Dlightvessel.lists.full=true} the lists are of 10 000
 * clusters and 100 000 revisions, and how long pages take is printed.
 */
@ControlPlaneTest
class ListBenchIT {
    private static final boolean FULL = Boolean.getBoolean("lightvessel.lists.full");
    private static final int CLUSTERS = FULL ? 10_000 : 200;
    private static final int REVISIONS = FULL ? 50_000 : 300;
    private static final int EACH = FULL ? 5 : 1;
    private static final int SAMPLES = FULL ? 400 : 5;

    @LocalServerPort
    private int port;

    @Autowired
    private TestTenants tenants;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private StackDocument documents;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(7);
    private TestTenant tenant;

    @Test
    void anyPageComesFromAnIndex() throws Exception {
        tenant = tenants.create();
        Cluster longest = tenant.call(() -> clusters.create(new NewCluster("longest")));
        fill(longest);

        plan("""
                select * from cluster_cluster where slug > 'c-5' order by slug limit 51""", "cluster_cluster_slug_key");
        plan("""
                select number, author, message, created_at from stack_revision
                where cluster_id = '%s' and number < 100 order by number desc limit 51""".formatted(longest.id().value()), "stack_revision_number_key");
        plan("select * from stack_blueprint b where b.slug > 'a' order by b.slug limit 51", "stack_blueprint_pk");
        plan("""
                select cluster_id from stack_inheritance where blueprint = 'b' and cluster_id > '%s'
                order by cluster_id limit 51""".formatted(longest.id().value()), "stack_inheritance_blueprint_idx");
        plan("""
                select * from stack_draft where cluster_id = '%s' and id > '%s' order by id limit 51""".formatted(longest.id().value(), longest.id().value()), "stack_draft_cluster_idx");

        for (int size : new int[] {50, 200}) {
            measure("clusters", size, "/clusters", i -> "c-%06d".formatted(random.nextInt(CLUSTERS)));
            measure(
                    "revisions",
                    size,
                    "/clusters/longest/stack/revisions",
                    i -> Integer.toString(1 + random.nextInt(REVISIONS)));
        }
    }

    private void fill(Cluster longest) {
        inTransaction(() -> {
            jdbc.sql("""
                            insert into cluster_cluster
                                (id, tenant_id, slug, name, environment, labels, version, created_at, created_by)
                            select gen_random_uuid(), tenancy_current(), 'c-' || lpad(n::text, 6, '0'), 'Cluster ' || n,
                                   'production', '{"tier": "gold"}'::jsonb, 0, now(), 'user:ada'
                            from generate_series(1, ?) n""").param(CLUSTERS).update();
            String spec = documents.write(StackFixtures.full());
            jdbc.sql("""
                            insert into stack_revision
                                (id, tenant_id, cluster_id, number, author, message, created_at, spec, digests)
                            select gen_random_uuid(), tenancy_current(), ?, n, 'user:ada', 'Change ' || n, now(),
                                   ?::jsonb, '{}'::jsonb
                            from generate_series(1, ?) n""").params(longest.id().value(), spec, REVISIONS).update();
            jdbc.sql("""
                            insert into stack_revision
                                (id, tenant_id, cluster_id, number, author, message, created_at, spec, digests)
                            select gen_random_uuid(), tenancy_current(), c.id, n, 'user:ada', 'Change ' || n, now(),
                                   ?::jsonb, '{}'::jsonb
                            from cluster_cluster c, generate_series(1, ?) n where c.slug <> 'longest'""").params(spec, EACH).update();
        });
    }

    /** Small tables are read whole unless that is forbidden; what counts is that an index gives rows in their order. */
    private void plan(String query, String index) {
        inTransaction(() -> {
            jdbc.sql("set local enable_seqscan = off").update();
            jdbc.sql("set local enable_bitmapscan = off").update();
            String plan = String.join(
                    "\n", jdbc.sql("explain " + query).query(String.class).list());
            assertThat(plan).contains(index).doesNotContain("Sort").doesNotContain("Seq Scan");
        });
    }

    private void measure(String name, int size, String path, IntFunction<String> key) throws Exception {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < SAMPLES + 20; i++) {
            String token = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(key.apply(i).getBytes(StandardCharsets.UTF_8));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:%d%s?pageSize=%d&pageToken=%s"
                            .formatted(port, tenant.path(path), size, token)))
                    .header("Authorization", tenant.bearer())
                    .build();
            long before = System.nanoTime();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            long took = System.nanoTime() - before;
            assertThat(answer.statusCode()).isEqualTo(200);
            if (i >= 20) {
                nanos.add(took);
            }
        }
        Collections.sort(nanos);
        System.out.printf(
                "LISTS %s pageSize=%d: p50 %.1f ms, p95 %.1f ms, worst %.1f ms of %d pages%n",
                name,
                size,
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get(nanos.size() * 95 / 100) / 1e6,
                nanos.getLast() / 1e6,
                nanos.size());
    }

    private void inTransaction(Runnable work) {
        tenant.run(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
    }
}

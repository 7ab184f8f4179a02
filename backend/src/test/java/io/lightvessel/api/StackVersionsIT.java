package io.lightvessel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Stacks that were saved or are sent in an older form, and what is written by hand. */
@ControlPlaneTest
class StackVersionsIT {
    private static final Path DOCUMENTS = Path.of("src/test/resources/io/lightvessel/stack");

    @Autowired
    private RestTestClient rest;

    @Autowired
    private TestTenants tenants;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private StackService stacks;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    private TestTenant tenant;
    private Cluster cluster;

    @BeforeEach
    void newCluster() {
        tenant = tenants.create();
        cluster = tenant.call(() -> clusters.create(new NewCluster("prod")));
    }

    @Test
    void aRevisionStoredInTheFirstFormIsReadInTheCurrentOneAndItsRowStays() throws IOException {
        String old = Files.readString(DOCUMENTS.resolve("v1alpha1/full.json"));
        inTransaction(() -> jdbc.sql("""
                        insert into stack_revision
                            (id, tenant_id, cluster_id, number, author, message, created_at, spec, digests)
                        values (?, tenancy_current(), ?, 1, 'user:old', 'before', now(), ?::jsonb, '{}'::jsonb)""")
                .params(UUID.randomUUID(), cluster.id().value(), old)
                .update());

        StackRevision read = tenant.call(() -> stacks.current(cluster.id()).orElseThrow());
        assertThat(read.spec()).isEqualTo(StackFixtures.full());
        rest.get()
                .uri(tenant.path("/clusters/prod/stack"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectBody()
                .jsonPath("$.spec.apiVersion")
                .isEqualTo("lightvessel.io/v1alpha2")
                .jsonPath("$.spec.backends.destinations.traces.type")
                .isEqualTo("TEMPO");
        inTransaction(() -> assertThat(jdbc.sql("select spec ->> 'apiVersion' from stack_revision")
                        .query(String.class)
                        .list())
                .containsExactly("lightvessel.io/v1alpha1"));
    }

    @Test
    void theOldFormIsStillTaken() throws IOException {
        put(Files.readString(DOCUMENTS.resolve("v1alpha1/full.json")))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.spec.gateway.receivers.otlp.grpcPort")
                .isEqualTo(5317);
    }

    @Test
    void aConfigWrittenByHandIsHeldToTheDialect() {
        put("""
                {"backends": {"traces": {"endpoint": "tempo:4317"}},
                 "raw": {"collector": "receivers:\\n  otlpp: {}\\n"}}""")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("stack_invalid")
                .jsonPath("$.errors[?(@.pointer == '/raw/collector')].detail")
                .value(details -> assertThat(details.toString()).contains("otlpp"));
    }

    @Test
    void everythingAStackCanSayIsSaved() throws IOException {
        put(Files.readString(DOCUMENTS.resolve("v1alpha2/everything.json")))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.spec.sampling.tail.policies[1].thresholdMillis")
                .isEqualTo(500)
                .jsonPath("$.spec.backends.destinations.audit.brokers[1]")
                .isEqualTo("kafka-1:9092");
    }

    private RestTestClient.ResponseSpec put(String document) {
        return rest.put()
                .uri(tenant.path("/clusters/prod/stack"))
                .header("Authorization", tenant.bearer())
                .header("If-Match", "\"0\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(document)
                .exchange();
    }

    private void inTransaction(Runnable work) {
        tenant.run(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
    }
}

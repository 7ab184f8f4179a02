package io.lightvessel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.access.ApiTokens;
import io.lightvessel.access.IdempotentRequests;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Role;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** POSTs that are sent again with the same Idempotency-Key: done once, answered alike, and nobody else's business. */
@ControlPlaneTest
class IdempotencyIT {
    private static final String MINE = "{\"slug\":\"mine\"}";

    @Autowired
    private RestTestClient rest;

    @Autowired
    private TestTenants tenants;

    @Autowired
    private FleetFixture fleet;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private IdempotentRequests requests;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JsonMapper json;

    private TestTenant tenant;

    @BeforeEach
    void aTenant() {
        tenant = tenants.create();
    }

    @Test
    void whatIsSentAgainIsAnsweredAlikeAndDoneOnce() {
        EntityExchangeResult<byte[]> first = post("/clusters", "k1", MINE);
        EntityExchangeResult<byte[]> again = post("/clusters", "k1", MINE);

        assertThat(first.getStatus().value()).isEqualTo(201);
        assertThat(first.getResponseHeaders().getFirst("Idempotency-Replayed")).isNull();
        assertThat(again.getStatus().value()).isEqualTo(201);
        assertThat(again.getResponseBody()).isEqualTo(first.getResponseBody());
        assertThat(again.getResponseHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
        for (String header : List.of("Location", "ETag", "Content-Type")) {
            assertThat(again.getResponseHeaders().getFirst(header))
                    .as(header)
                    .isNotNull()
                    .isEqualTo(first.getResponseHeaders().getFirst(header));
        }
        assertThat(again.getResponseHeaders().getFirst("X-Request-Id"))
                .isNotEqualTo(first.getResponseHeaders().getFirst("X-Request-Id"));
        assertThat(code(post("/clusters", "k2", MINE))).isEqualTo("cluster_exists");
        assertThat(post("/clusters", null, MINE).getStatus().value()).isEqualTo(409);
    }

    @Test
    void aRefusalOfTheRequestItselfIsGivenAgainToo() {
        tenant.run(() -> clusters.create(new NewCluster("mine")));
        assertThat(post("/clusters", "k1", MINE).getStatus().value()).isEqualTo(409);
        tenant.run(() -> clusters.delete("mine", 0));
        EntityExchangeResult<byte[]> again = post("/clusters", "k1", MINE);
        assertThat(again.getStatus().value()).isEqualTo(409);
        assertThat(again.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(code(again)).isEqualTo("cluster_exists");
        assertThat(post("/clusters", "k2", MINE).getStatus().value()).isEqualTo(201);
    }

    @Test
    void aKeyBelongsToOneRequest() {
        post("/clusters", "k1", MINE);
        for (EntityExchangeResult<byte[]> other : List.of(
                post("/clusters", "k1", "{\"slug\":\"other\"}"),
                post("/clusters?validateOnly=true", "k1", MINE),
                post("/blueprints", "k1", MINE))) {
            assertThat(other.getStatus().value()).isEqualTo(422);
            assertThat(code(other)).isEqualTo("idempotency_key_reused");
        }
        assertThat(tenant.call(() -> clusters.list(PageRequest.FIRST)).items()).hasSize(1);
    }

    @Test
    void secretsAreGivenAgainAndNotStoredInTheOpen() throws Exception {
        String body = "{\"name\":\"ci\",\"role\":\"VIEWER\"}";
        JsonNode first = json.readTree(post("/api-tokens", "k1", body).getResponseBody());
        JsonNode again = json.readTree(post("/api-tokens", "k1", body).getResponseBody());
        assertThat(again).isEqualTo(first);
        assertThat(tenant.call(() -> tokens.list(PageRequest.FIRST)).items())
                .filteredOn(token -> token.name().equals("ci"))
                .hasSize(1);
        String secret = first.get("secret").asString();
        String stored = tenant.call(() -> fleet.dump("access_idempotent_request"));
        assertThat(stored)
                .isNotEmpty()
                .doesNotContain(secret)
                .doesNotContain(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)))
                .doesNotContain("k1");
    }

    @Test
    void whoAsksCountsAndIsNotRemembered() {
        String viewer = "Bearer " + tenants.token(tenant.tenant(), Role.VIEWER);
        assertThat(post(viewer, "/clusters", "k1", MINE).getStatus().value()).isEqualTo(403);
        assertThat(tenant.call(() -> fleet.count("access_idempotent_request"))).isZero();
        assertThat(post("/clusters", "k1", MINE).getStatus().value()).isEqualTo(201);
        // The same key from another token is another key: its answer is not the owner's.
        assertThat(post(viewer, "/clusters", "k1", MINE).getStatus().value()).isEqualTo(403);
    }

    @Test
    void anotherTenantsKeyIsAnotherKey() {
        TestTenant other = tenants.create();
        post("/clusters", "k1", MINE);
        assertThat(other.call(() -> fleet.count("access_idempotent_request"))).isZero();
        EntityExchangeResult<byte[]> theirs = send(other, other.bearer(), "/clusters", "k1", MINE);
        assertThat(theirs.getStatus().value()).isEqualTo(201);
        assertThat(theirs.getResponseHeaders().getFirst("Idempotency-Replayed")).isNull();
        assertThat(send(other, tenant.bearer(), "/clusters", "k1", MINE)
                        .getStatus()
                        .value())
                .isEqualTo(404);
    }

    @Test
    void ofManyAtOnceOneIsDoneAndTheOthersAreToldToWaitOrAnsweredAlike() throws Exception {
        int many = 12;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<EntityExchangeResult<byte[]>>> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(many)) {
            for (int i = 0; i < many; i++) {
                results.add(executor.submit(() -> {
                    start.await();
                    return post("/api-tokens", "k1", "{\"name\":\"ci\",\"role\":\"VIEWER\"}");
                }));
            }
            start.countDown();
        }
        List<String> bodies = new ArrayList<>();
        for (Future<EntityExchangeResult<byte[]>> result : results) {
            if (result.get().getStatus().value() == 201) {
                bodies.add(new String(result.get().getResponseBody(), StandardCharsets.UTF_8));
            } else {
                assertThat(result.get().getStatus().value()).isEqualTo(409);
                assertThat(code(result.get())).isEqualTo("idempotent_request_under_way");
                assertThat(result.get().getResponseHeaders().getFirst("Retry-After"))
                        .isEqualTo("1");
            }
        }
        assertThat(bodies).isNotEmpty();
        assertThat(bodies.stream().distinct()).hasSize(1);
        assertThat(tenant.call(() -> tokens.list(PageRequest.FIRST)).items())
                .filteredOn(token -> token.name().equals("ci"))
                .hasSize(1);
    }

    @Test
    void answersAreForgottenAfterADay() {
        post("/clusters", "k1", MINE);
        age("24 hours 1 minute");
        assertThat(code(post("/clusters", "k1", MINE))).isEqualTo("cluster_exists");

        age("24 hours 1 minute");
        TestTenant other = tenants.create();
        send(other, other.bearer(), "/clusters", "k1", MINE);
        assertThat(requests.forgetOld()).isPositive();
        assertThat(tenant.call(() -> fleet.count("access_idempotent_request"))).isZero();
        assertThat(other.call(() -> fleet.count("access_idempotent_request"))).isEqualTo(1);
    }

    @Test
    void aRequestThatDiedWithItsControlPlaneIsDoneByARepetitionAfterAWhile() {
        post("/clusters", "k1", MINE);
        change("update access_idempotent_request set status = null, headers = null, answer = null");
        assertThat(code(post("/clusters", "k1", MINE))).isEqualTo("idempotent_request_under_way");
        age("6 minutes");
        assertThat(code(post("/clusters", "k1", MINE))).isEqualTo("cluster_exists");
    }

    @Test
    void anAnswerPutInAnothersPlaceIsNotGiven() {
        post("/clusters", "k1", MINE);
        post("/clusters", "k2", "{\"slug\":\"other\"}");
        change(
                "update access_idempotent_request set answer = (select answer from access_idempotent_request where key_hash = '\\x"
                        + hash("k2") + "')");
        assertThat(code(post("/clusters", "k1", MINE))).isEqualTo("idempotent_answer_lost");
        assertThat(post("/clusters", "k2", "{\"slug\":\"other\"}").getStatus().value())
                .isEqualTo(201);
    }

    @Test
    void tooManyKeysAreRefusedWithoutDoingAnything() {
        change("""
                insert into access_idempotent_request (tenant_id, caller, key_hash, fingerprint, started_at)
                select id, 'x', sha256(n::text::bytea), '', now() from tenancy_tenant, generate_series(1, 10000) n
                where slug = '%s'""".formatted(tenant.tenant().slug()));
        EntityExchangeResult<byte[]> answer = post("/clusters", "k1", MINE);
        assertThat(answer.getStatus().value()).isEqualTo(429);
        assertThat(code(answer)).isEqualTo("too_many_idempotency_keys");
        assertThat(tenant.call(() -> clusters.list(PageRequest.FIRST)).items()).isEmpty();
        assertThat(post("/clusters", null, MINE).getStatus().value()).isEqualTo(201);
    }

    @Test
    void keysAndBodiesHaveTheirLimits() {
        assertThat(code(post("/clusters", "x".repeat(256), MINE))).isEqualTo("malformed_request");
        assertThat(code(post("/clusters", "with a space", MINE))).isEqualTo("malformed_request");
        assertThat(post("/clusters", "x".repeat(255), MINE).getStatus().value()).isEqualTo(201);
        assertThat(post("/clusters", "k1", "{\"slug\":\"" + "x".repeat(1024 * 1024) + "\"}")
                        .getStatus()
                        .value())
                .isEqualTo(413);
        assertThat(post("/no-such-thing", "k2", MINE).getStatus().value()).isEqualTo(404);
        assertThat(post("/no-such-thing", "k2", MINE).getResponseBody()).isNotEmpty();
    }

    private void age(String interval) {
        change("update access_idempotent_request set started_at = now() - interval '" + interval + "'");
    }

    private void change(String sql) {
        tenant.run(() -> new TransactionTemplate(transactions)
                .executeWithoutResult(status -> jdbc.sql(sql).update()));
    }

    private String code(EntityExchangeResult<byte[]> answer) {
        return json.readTree(answer.getResponseBody()).path("code").asString("");
    }

    private static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private EntityExchangeResult<byte[]> post(String path, String key, String body) {
        return post(tenant.bearer(), path, key, body);
    }

    private EntityExchangeResult<byte[]> post(String bearer, String path, String key, String body) {
        return send(tenant, bearer, path, key, body);
    }

    private EntityExchangeResult<byte[]> send(TestTenant of, String bearer, String path, String key, String body) {
        RestTestClient.RequestBodySpec request =
                rest.post().uri(of.path(path)).header("Authorization", bearer).contentType(MediaType.APPLICATION_JSON);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.body(body).exchange().expectBody().returnResult();
    }
}

package io.lightvessel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.tenancy.Role;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@ControlPlaneTest
class StackApiIT {
    private static final String STACK = """
            {"backends": {"traces": {"endpoint": "tempo:4317", "insecure": true}, "logs": {"endpoint": "http://loki/otlp"}}}""";

    @LocalServerPort
    private int port;

    @Autowired
    private RestTestClient rest;

    @Autowired
    private TestTenants tenants;

    private TestTenant tenant;

    @BeforeEach
    void newCluster() {
        tenant = tenants.create();
        rest.post()
                .uri(tenant.path("/clusters"))
                .header("Authorization", tenant.bearer())
                .body(Map.of("slug", "prod"))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", tenant.path("/clusters/prod"))
                .expectHeader()
                .valueEquals("ETag", "\"0\"");
    }

    @Test
    void aClusterWithoutASavedStackHasTheDefaultsAsRevisionZero() {
        rest.get()
                .uri(tenant.path("/clusters/prod/stack"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"0\"")
                .expectBody()
                .jsonPath("$.revision")
                .isEqualTo(0)
                .jsonPath("$.spec.gateway.scaling.maxReplicas")
                .isEqualTo(6);
    }

    @Test
    void savingGivesTheNextRevision() {
        put("\"0\"", STACK).expectStatus().isOk().expectHeader().valueEquals("ETag", "\"1\"");
        put("\"1\"", "{\"gateway\": {\"resourceAttributes\": {\"team\": \"shop\"}}, " + STACK.substring(1))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.revision")
                .isEqualTo(2)
                .jsonPath("$.author")
                .value(String.class, author -> assertThat(author).startsWith("token:"))
                .jsonPath("$.spec.gateway.resourceAttributes.team")
                .isEqualTo("shop")
                .jsonPath("$.digests.gateway")
                .value(String.class, digest -> assertThat(digest).hasSize(64));

        rest.get()
                .uri(tenant.path("/clusters/prod/stack/revisions?pageSize=1"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].revision")
                .isEqualTo(2)
                .jsonPath("$.nextPageToken")
                .isNotEmpty();
        rest.get()
                .uri(tenant.path("/clusters/prod/stack/revisions/1"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectBody()
                .jsonPath("$.spec.gateway.resourceAttributes.team")
                .doesNotExist();
    }

    @Test
    void savingWithoutIfMatchIsRefused() {
        problem(put(null, STACK), 428, "if_match_missing");
    }

    @Test
    void savingOverAnotherSaveIsRefused() {
        put("\"0\"", STACK).expectStatus().isOk();
        problem(put("\"0\"", STACK), 412, "stack_stale")
                .jsonPath("$.detail")
                .value(detail -> assertThat(detail.toString())
                        .startsWith("The stack of prod is at revision 1, your change started from 0."
                                + " Look at what changed and save again. It is kept as draft "));
    }

    @Test
    void anUnknownKeyIsRefusedWithItsPlace() {
        problem(put("\"0\"", "{\"gatway\": {}}"), 400, "stack_malformed")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/gatway");
    }

    @Test
    void whatMakesNoSenseIsRefusedWithItsPlace() {
        problem(
                        put("\"0\"", "{\"gateway\": {\"scaling\": {\"maxReplicas\": 1}}, " + STACK.substring(1)),
                        422,
                        "stack_invalid")
                .jsonPath("$.errors[0].detail")
                .isEqualTo("gateway.scaling.maxReplicas: 1 (expected: >= minReplicas 2)")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/gateway/scaling/maxReplicas");
    }

    @Test
    void aDryRunShowsTheChangeAndSavesNothing() {
        rest.put()
                .uri(tenant.path("/clusters/prod/stack?validateOnly=true"))
                .header("Authorization", tenant.bearer())
                .contentType(MediaType.APPLICATION_JSON)
                .body(STACK)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.baseRevision")
                .isEqualTo(0)
                .jsonPath("$.findings[0].path")
                .isEqualTo("backends.destinations")
                .jsonPath("$.roles[0].unifiedDiff")
                .value(String.class, diff -> assertThat(diff).contains("+    endpoint: tempo:4317"));
        rest.get()
                .uri(tenant.path("/clusters/prod/stack"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectHeader()
                .valueEquals("ETag", "\"0\"");
    }

    @Test
    void theSavedStackIsRenderedForARole() {
        put("\"0\"", STACK).expectStatus().isOk();
        rest.post()
                .uri(tenant.path("/clusters/prod/stack:render?target=agent&role=gateway"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.files[0].name")
                .isEqualTo("gateway.yaml")
                .jsonPath("$.files[0].text")
                .value(String.class, text -> assertThat(text).contains("otlp/traces:"));
        rest.post()
                .uri(tenant.path("/clusters/prod/stack:render?target=kubernetes"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectBody()
                .jsonPath("$.files[1].name")
                .isEqualTo("hpa.yaml");
    }

    @Test
    void theSavedStackIsRenderedForOtherPrograms() {
        put("\"0\"", STACK).expectStatus().isOk();
        Map.of(
                        "target=otelcol&role=gateway", "gateway.yaml",
                        "target=alloy&role=gateway", "gateway.alloy",
                        "target=alloy&role=collector", "collector.alloy")
                .forEach((query, file) -> rest.post()
                        .uri(tenant.path("/clusters/prod/stack:render?" + query))
                        .header("Authorization", tenant.bearer())
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.files[0].name")
                        .isEqualTo(file)
                        .jsonPath("$.findings")
                        .isArray());
        problem(
                rest.post()
                        .uri(tenant.path("/clusters/prod/stack:render?target=alloy"))
                        .header("Authorization", tenant.bearer())
                        .exchange(),
                400,
                "render_role_missing");
        rest.post()
                .uri(tenant.path("/clusters/prod/stack:render?target=backends"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void anUnknownRenderTargetIsRefused() {
        problem(
                rest.post()
                        .uri(tenant.path("/clusters/prod/stack:render?target=cobol"))
                        .header("Authorization", tenant.bearer())
                        .exchange(),
                400,
                "render_target_unknown");
    }

    @Test
    void scalingShowsThePolicyAndItsManifest() {
        put("\"0\"", STACK).expectStatus().isOk();
        rest.get()
                .uri(tenant.path("/clusters/prod/scaling"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectBody()
                .jsonPath("$.currentReplicas")
                .isEqualTo(0)
                .jsonPath("$.policy.minReplicas")
                .isEqualTo(2)
                .jsonPath("$.manifest")
                .value(String.class, text -> assertThat(text).contains("kind: HorizontalPodAutoscaler"));
    }

    @Test
    void anotherTenantsPathDoesNotExist() {
        TestTenant other = tenants.create();
        problem(
                rest.get()
                        .uri(tenant.path("/clusters/prod"))
                        .header("Authorization", other.bearer())
                        .exchange(),
                404,
                "tenant_not_found");
        problem(
                rest.get()
                        .uri(other.path("/clusters/prod"))
                        .header("Authorization", other.bearer())
                        .exchange(),
                404,
                "cluster_not_found");
    }

    @Test
    void withoutATokenNobodyComesIn() {
        problem(rest.get().uri(tenant.path("/clusters")).exchange(), 401, "api_token_missing");
        problem(
                rest.get()
                        .uri(tenant.path("/clusters"))
                        .header("Authorization", tenant.bearer() + "x")
                        .exchange(),
                401,
                "api_token_invalid");
    }

    @Test
    void aReadingTokenChangesNothing() {
        String reader = tenants.token(tenant.tenant(), Role.VIEWER);
        rest.get()
                .uri(tenant.path("/clusters"))
                .header("Authorization", "Bearer " + reader)
                .exchange()
                .expectStatus()
                .isOk();
        problem(
                rest.post()
                        .uri(tenant.path("/clusters"))
                        .header("Authorization", "Bearer " + reader)
                        .body(Map.of("slug", "two"))
                        .exchange(),
                403,
                "role_missing");
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() {
        String id = tenant.token().split("_")[1];
        rest.post()
                .uri(tenant.path("/api-tokens/" + id + ":revoke"))
                .header("Authorization", tenant.bearer())
                .exchange()
                .expectStatus()
                .isOk();
        problem(
                rest.get()
                        .uri(tenant.path("/clusters"))
                        .header("Authorization", tenant.bearer())
                        .exchange(),
                401,
                "api_token_revoked");
    }

    @Test
    void aClusterIsDeletedWithItsStackByWhoKnowsItsVersion() {
        put("\"0\"", STACK).expectStatus().isOk();
        problem(
                rest.delete()
                        .uri(tenant.path("/clusters/prod"))
                        .header("Authorization", tenant.bearer())
                        .exchange(),
                428,
                "if_match_missing");
        problem(
                rest.delete()
                        .uri(tenant.path("/clusters/prod"))
                        .header("Authorization", tenant.bearer())
                        .header("If-Match", "\"7\"")
                        .exchange(),
                412,
                "stale");
        rest.delete()
                .uri(tenant.path("/clusters/prod"))
                .header("Authorization", tenant.bearer())
                .header("If-Match", "\"0\"")
                .exchange()
                .expectStatus()
                .isNoContent();
        problem(
                rest.get()
                        .uri(tenant.path("/clusters/prod"))
                        .header("Authorization", tenant.bearer())
                        .exchange(),
                404,
                "cluster_not_found");
    }

    @Test
    void aTakenOrBadSlugIsRefused() {
        problem(post("/clusters", "{\"slug\": \"prod\"}"), 409, "cluster_exists");
        problem(post("/clusters", "{\"slug\": \"Prod!\"}"), 422, "invalid_fields")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/slug");
        problem(post("/clusters", "{\"slug\": "), 400, "malformed_request");
        problem(post("/clusters", "{\"slug\": \"a\", \"labels\": 7}"), 400, "malformed_request")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/labels");
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        String big = "{\"slug\": \"" + "x".repeat(1024 * 1024) + "\"}";
        problem(post("/clusters", big), 413, "body_too_large");
    }

    @Test
    void aBodyThatStallsIsRefused() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(15_000);
            String head =
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"slug\":"
                            .formatted(tenant.path("/clusters"), tenant.bearer());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("\"code\":\"request_timeout\"");
        }
    }

    @Test
    void whatIsNoHttpIsRefused() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(new byte[] {0x16, 0x03, 0x01, 0, 5, 1, 2, 3, '\r', '\n', '\r', '\n'});

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        }
        rest.get().uri("/actuator/health").exchange().expectStatus().isOk();
    }

    @Test
    void ofTwoSavesAtOnceOneWins() throws Exception {
        int savers = 6;
        CountDownLatch together = new CountDownLatch(savers);
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < savers; i++) {
                String stack =
                        "{\"gateway\": {\"resourceAttributes\": {\"by\": \"%d\"}}, ".formatted(i) + STACK.substring(1);
                threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return statuses.add(
                            put("\"0\"", stack).returnResult().getStatus().value());
                });
            }
        }
        assertThat(statuses).hasSize(savers).containsOnlyOnce(200).containsOnly(200, 412);
    }

    @Test
    void badPagingIsRefused() {
        for (String query : new String[] {"pageSize=0", "pageSize=201", "pageSize=x", "pageToken=%25"}) {
            problem(
                    rest.get()
                            .uri(URI.create(tenant.path("/clusters?" + query)))
                            .header("Authorization", tenant.bearer())
                            .exchange(),
                    400,
                    "malformed_request");
        }
    }

    @Test
    void whatIsNotThereIsAProblemToo() {
        problem(
                rest.get()
                        .uri(tenant.path("/nothing"))
                        .header("Authorization", tenant.bearer())
                        .exchange(),
                404,
                "not_found");
        problem(
                rest.patch()
                        .uri(tenant.path("/clusters"))
                        .header("Authorization", tenant.bearer())
                        .exchange(),
                405,
                "method_not_allowed");
    }

    private RestTestClient.ResponseSpec put(String ifMatch, String body) {
        RestTestClient.RequestBodySpec request = rest.put()
                .uri(tenant.path("/clusters/prod/stack"))
                .header("Authorization", tenant.bearer())
                .contentType(MediaType.APPLICATION_JSON);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .body(body)
                .exchange();
    }

    private RestTestClient.ResponseSpec post(String path, String body) {
        return rest.post()
                .uri(tenant.path(path))
                .header("Authorization", tenant.bearer())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private static RestTestClient.BodyContentSpec problem(
            RestTestClient.ResponseSpec response, int status, String code) {
        return response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.status")
                .isEqualTo(status);
    }
}

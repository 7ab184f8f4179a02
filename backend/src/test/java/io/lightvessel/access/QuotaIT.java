package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.fleet.FleetFixture.Home;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Operators manage tenants and their quotas and see nothing inside; tenants are held to them. */
@ControlPlaneTest
class QuotaIT {
    private static final String OPERATOR = "/api/v1/operator/tenants";

    @Autowired
    private FleetFixture fleet;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private RestTestClient rest;

    @Autowired
    private LightvesselSettings settings;

    private Home home;
    private String operator;

    @BeforeEach
    void aTenantWithOneClusterAndOneRevision() throws IOException {
        home = fleet.home();
        operator = "Bearer "
                + Files.readString(settings.dataDir().resolve("operator-token")).strip();
    }

    @Test
    void aTenantIsMadeWithItsOwner() {
        String slug = "o" + UUID.randomUUID().toString().substring(0, 13);
        Map<String, String> wanted = Map.of("slug", slug, "name", "Acme", "owner", "olga");
        call("POST", OPERATOR, operator, wanted)
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.quotas.clusters")
                .isEqualTo(10_000);
        problem(call("POST", OPERATOR, operator, wanted), 409, "tenant_exists");
        problem(
                call("POST", OPERATOR, operator, Map.of("slug", "A b", "name", "x", "owner", "y")),
                422,
                "tenant_slug_invalid");
        problem(call("POST", OPERATOR, operator, Map.of("slug", "x")), 422, "invalid_fields");
        call("GET", OPERATOR + "/" + slug, operator, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("Acme");
        problem(call("GET", OPERATOR + "/none-such", operator, null), 404, "tenant_not_found");
    }

    @Test
    void theOperatorSeesNothingInATenantAndTenantsDoNotOperate() {
        for (String path : List.of("", "/clusters", "/members", "/api-tokens", "/audit-entries", "/quotas")) {
            problem(call("GET", home.tenant().path(path), operator, null), 401, "api_token_invalid");
        }
        for (String path : List.of("", "/" + home.tenant().tenant().slug())) {
            problem(call("GET", OPERATOR + path, home.tenant().bearer(), null), 401, "operator_token_invalid");
        }
        problem(call("GET", OPERATOR, null, null), 401, "operator_token_invalid");
    }

    @Test
    void oneClusterTooManyIsRefusedAlsoWhenManyComeAtOnce() throws Exception {
        quotas(Map.of("clusters", 4));
        List<Callable<Boolean>> eight = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String slug = "c" + i;
            eight.add(() -> {
                try {
                    home.in(() -> clusters.create(new NewCluster(slug)));
                    return true;
                } catch (LightvesselException e) {
                    assertThat(e)
                            .hasMessage(
                                    "clusters: 4 of 4 are used. Delete what is not needed, or ask the platform's operator for more.");
                    return false;
                }
            });
        }
        int made = 0;
        try (ExecutorService all = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> one : all.invokeAll(eight)) {
                made += one.get() ? 1 : 0;
            }
        }
        assertThat(made).isEqualTo(3);
        problem(
                call("POST", home.tenant().path("/clusters"), home.tenant().bearer(), Map.of("slug", "one-more")),
                409,
                "quota_exceeded");
    }

    @Test
    void oneRevisionTooManyIsRefused() {
        quotas(Map.of("revisions", 1));
        assertThatThrownBy(() -> home.save("x")).hasMessageStartingWith("revisions: 1 of 1 are used.");
    }

    @Test
    void oneAgentTooManyIsTurnedAwayAndComesInOnceThereIsRoom() throws Exception {
        quotas(Map.of("agents", 1));
        home.enrolled("first", "gateway").close();
        assertThatThrownBy(() -> home.enrolled("second", "gateway")).isNotNull();
        quotas(Map.of("agents", 2));
        try (SimulatedAgent second = home.enrolled("second", "gateway")) {
            assertThat(second.credential()).isNotNull();
        }
    }

    @Test
    void requestsBeyondTheRateAreToldWhenToComeAgain() {
        quotas(Map.of("requestsPerMinute", 3));
        String path = home.tenant().path("/quotas");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            statuses.add(call("GET", path, home.tenant().bearer(), null)
                    .returnResult(String.class)
                    .getStatus()
                    .value());
        }
        assertThat(statuses).startsWith(200, 200, 200).contains(429);
        var refused = call("GET", path, home.tenant().bearer(), null);
        refused.expectStatus().isEqualTo(429);
        refused.expectHeader().exists("Retry-After");
        problem(refused, 429, "rate_exceeded");
    }

    @Test
    void whatIsUsedIsShown() {
        quotas(Map.of("clusters", 7));
        call("GET", home.tenant().path("/quotas"), home.tenant().bearer(), null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.clusters.used")
                .isEqualTo(1)
                .jsonPath("$.clusters.most")
                .isEqualTo(7)
                .jsonPath("$.revisions.used")
                .isEqualTo(1)
                .jsonPath("$.requestsPerMinute")
                .isEqualTo(6000);
    }

    @Test
    void quotasThatMakeNoSenseAreRefused() {
        problem(
                call(
                        "PUT",
                        OPERATOR + "/" + home.tenant().tenant().slug() + "/quotas",
                        operator,
                        Map.of("clusters", -1)),
                422,
                "invalid_fields");
    }

    private void quotas(Map<String, Integer> wanted) {
        call("PUT", OPERATOR + "/" + home.tenant().tenant().slug() + "/quotas", operator, wanted)
                .expectStatus()
                .isOk();
    }

    private RestTestClient.ResponseSpec call(String method, String path, String bearer, Object body) {
        RestTestClient.RequestBodySpec request = rest.method(HttpMethod.valueOf(method))
                .uri(path)
                .headers(headers -> {
                    if (bearer != null) {
                        headers.add("Authorization", bearer);
                    }
                });
        return (body == null ? request : request.body(body)).exchange();
    }

    private static void problem(RestTestClient.ResponseSpec answer, int status, String code) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
    }
}

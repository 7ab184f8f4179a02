package io.lightvessel.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.fleet.Reports;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ControlPlaneTest
class EnrollmentTokenApiIT {
    @Autowired
    private RestTestClient rest;

    @Autowired
    private FleetFixture fleet;

    private FleetFixture.Home home;

    @BeforeEach
    void newHome() {
        home = fleet.home();
    }

    private RestTestClient.BodyContentSpec get(String path, int status) {
        return rest.get()
                .uri(home.tenant().path(path))
                .header("Authorization", home.tenant().bearer())
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody();
    }

    private RestTestClient.BodyContentSpec post(String path, Map<String, ?> body, int status) {
        return rest.post()
                .uri(home.tenant().path(path))
                .header("Authorization", home.tenant().bearer())
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody();
    }

    private JsonNode create(Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(Map.of("cluster", "prod", "label", "first"));
        body.putAll(more);
        return JsonMapper.shared()
                .readTree(post("/enrollment-tokens", body, 201).returnResult().getResponseBody());
    }

    @Test
    void aNewTokenIsGoodForOneAgentAndADayAndShowsItsSecretOnce() {
        JsonNode token = create(Map.of());
        assertThat(token.path("secret").asString()).matches("lve_[a-z0-9]{10}_[A-Za-z0-9_-]{43}");
        String id = token.path("id").asString();
        assertThat(token.path("secret").asString()).startsWith(id + "_");
        get("/enrollment-tokens/" + id, 200)
                .jsonPath("$.state")
                .isEqualTo("ACTIVE")
                .jsonPath("$.maxUses")
                .isEqualTo(1)
                .jsonPath("$.uses")
                .isEqualTo(0)
                .jsonPath("$.expiresAt")
                .isNotEmpty()
                .jsonPath("$.secret")
                .doesNotExist();
    }

    @Test
    void tokensAreListedNewestFirstPageByPage() {
        String older = create(Map.of("label", "older")).path("id").asString();
        String newer = create(Map.of("label", "newer", "unlimitedUses", true, "neverExpires", true))
                .path("id")
                .asString();
        JsonNode first = JsonMapper.shared()
                .readTree(get("/enrollment-tokens?pageSize=1&cluster=prod", 200)
                        .returnResult()
                        .getResponseBody());
        assertThat(first.at("/items/0/id").asString()).isEqualTo(newer);
        assertThat(first.at("/items/0").has("maxUses")).isFalse();
        get(
                        "/enrollment-tokens?pageSize=1&pageToken="
                                + first.path("nextPageToken").asString(),
                        200)
                .jsonPath("$.items[*].id")
                .isEqualTo(List.of(older))
                .jsonPath("$.nextPageToken")
                .doesNotExist();
    }

    @Test
    void whatMakesNoSenseIsRefusedWithItsPlace() {
        post("/enrollment-tokens", Map.of("cluster", "prod", "label", " ", "maxUses", 0, "validFor", "P400D"), 422)
                .jsonPath("$.code")
                .isEqualTo("invalid_fields")
                .jsonPath("$.errors[*].pointer")
                .isEqualTo(List.of("/label", "/maxUses", "/validFor"))
                .jsonPath("$.errors[1].detail")
                .isEqualTo("maxUses: 0 (expected: 1..100000, or none for any number)");
        post("/enrollment-tokens", Map.of("cluster", "prod", "role", "boss"), 422)
                .jsonPath("$.detail")
                .isEqualTo("role: boss (expected: gateway, collector or edge)");
        post("/enrollment-tokens", Map.of("label", "x"), 422)
                .jsonPath("$.detail")
                .isEqualTo("cluster: nothing (expected: a cluster of this tenant)");
        post("/enrollment-tokens", Map.of("cluster", "nowhere"), 404)
                .jsonPath("$.code")
                .isEqualTo("cluster_not_found");
    }

    @Test
    void aRevokedTokenStaysListedAndRevokingTwiceIsNoError() {
        String id = create(Map.of()).path("id").asString();
        post("/enrollment-tokens/" + id + ":revoke", Map.of(), 200)
                .jsonPath("$.state")
                .isEqualTo("REVOKED");
        post("/enrollment-tokens/" + id + ":revoke", Map.of(), 200)
                .jsonPath("$.state")
                .isEqualTo("REVOKED");
        post("/enrollment-tokens/lve_aaaaaaaaaa:revoke", Map.of(), 404)
                .jsonPath("$.code")
                .isEqualTo("enrollment_token_not_found");
    }

    @Test
    void tokensOfAnotherTenantDoNotExist() {
        FleetFixture.Home other = fleet.home();
        String id = other.create(
                        NewEnrollmentToken.single("theirs", other.cluster().id()))
                .token()
                .id();
        get("/enrollment-tokens/" + id, 404)
                .jsonPath("$.detail")
                .isEqualTo("There is no enrolment token " + id + " in this tenant.");
        get("/enrollment-tokens/" + id + "/attempts", 404);
        get("/enrollment-tokens/" + id + "/progress", 404);
        post("/enrollment-tokens/" + id + ":revoke", Map.of(), 404);
        get("/enrollment-tokens", 200).jsonPath("$.items").isEmpty();
    }

    @Test
    void progressTurnsGreenStepByStep() throws Exception {
        JsonNode token = create(Map.of());
        String path = "/enrollment-tokens/" + token.path("id").asString() + "/progress";
        states(path, "WAITING", "WAITING", "WAITING", "WAITING");
        var uid = SimulatedAgent.newUid();
        String credential;
        try (SimulatedAgent newcomer = home.connect(token.path("secret").asString(), uid, "gw-1")) {
            newcomer.send(newcomer.fullState("gateway"));
            credential = FleetFixture.credential(newcomer.receive());
        }
        states(path, "DONE", "WAITING", "WAITING", "WAITING");
        try (SimulatedAgent agent = home.connect(credential, uid, "gw-1")) {
            agent.send(agent.fullState("gateway"));
            var offer = agent.receive(message -> message.hasRemoteConfig());
            states(path, "DONE", "DONE", "WAITING", "WAITING");
            agent.send(agent.message()
                    .setRemoteConfigStatus(SimulatedAgent.status(
                            offer.getRemoteConfig().getConfigHash(),
                            RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                            "")));
            home.await("gw-1", found -> found.configAppliedAt() != null);
            states(path, "DONE", "DONE", "DONE", "WAITING");
            agent.send(Reports.traces(0, 5, 10));
            home.await("gw-1", found -> found.firstDataAt() != null);
            states(path, "DONE", "DONE", "DONE", "DONE");
            get(path, 200)
                    .jsonPath("$.done")
                    .isEqualTo(true)
                    .jsonPath("$.steps[1].sentence")
                    .isEqualTo("gw-1 0.1.0 on host-of-gw-1")
                    .jsonPath("$.steps[2].sentence")
                    .isEqualTo("Runs revision 1")
                    .jsonPath("$.trouble")
                    .doesNotExist();
        }
    }

    private void states(String path, String... states) {
        get(path, 200).jsonPath("$.steps[*].state").isEqualTo(List.of(states));
    }

    @Test
    void aRefusedAttemptIsTheFailureOfTheFirstStep() {
        JsonNode token = create(Map.of());
        String id = token.path("id").asString();
        String wrong = token.path("secret").asString().substring(0, 15) + "A".repeat(43);
        assertThat(FleetFixture.refusal(() -> home.connect(wrong, SimulatedAgent.newUid(), "x")))
                .isEqualTo(401);
        get("/enrollment-tokens/" + id + "/progress", 200)
                .jsonPath("$.steps[0].state")
                .isEqualTo("FAILED")
                .jsonPath("$.trouble")
                .isEqualTo("Refused 127.0.0.1: The secret of token " + id
                        + " does not match. Copy the whole token again, or create a new one.")
                .jsonPath("$.hints.length()")
                .isEqualTo(3);
    }
}

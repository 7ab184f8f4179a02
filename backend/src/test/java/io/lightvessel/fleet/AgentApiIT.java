package io.lightvessel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.wire.opamp.AgentConfigMap;
import io.lightvessel.wire.opamp.AgentConfigObject;
import io.lightvessel.wire.opamp.EffectiveConfig;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

@ControlPlaneTest
class AgentApiIT {
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

    @Test
    void agentsAreListedByNamePageByPage() throws Exception {
        try (SimulatedAgent b = home.enrolled("b", "gateway");
                SimulatedAgent a = home.enrolled("a", "collector")) {
            get("/agents", 200)
                    .jsonPath("$.items[*].name")
                    .isEqualTo(List.of("a", "b"))
                    .jsonPath("$.items[0].role")
                    .isEqualTo("collector")
                    .jsonPath("$.items[0].cluster")
                    .isEqualTo("prod")
                    .jsonPath("$.items[0].effectiveConfig")
                    .doesNotExist()
                    .jsonPath("$.nextPageToken")
                    .doesNotExist();
            byte[] first = get("/agents?pageSize=1", 200).returnResult().getResponseBody();
            String token =
                    JsonMapper.shared().readTree(first).path("nextPageToken").asString();
            get("/agents?pageSize=1&pageToken=" + token, 200)
                    .jsonPath("$.items[*].name")
                    .isEqualTo(List.of("b"));
        }
    }

    @Test
    void agentsAreFilteredByStatusRoleAndWords() throws Exception {
        try (SimulatedAgent gateway = home.enrolled("gw-1", "gateway");
                SimulatedAgent collector = home.enrolled("node-1", "collector")) {
            get("/agents?cluster=prod&status=healthy&filter=role:gateway", 200)
                    .jsonPath("$.items[*].name")
                    .isEqualTo(List.of("gw-1"));
            get("/agents?filter=-role:gateway node", 200)
                    .jsonPath("$.items[*].name")
                    .isEqualTo(List.of("node-1"));
            get("/agents?filter=name:gw-*", 200).jsonPath("$.items[*].name").isEqualTo(List.of("gw-1"));
            get("/agents?status=down", 200).jsonPath("$.items").isEmpty();
        }
    }

    @Test
    void aFilterThatMakesNoSenseIsRefused() {
        get("/agents?status=broken", 400)
                .jsonPath("$.code")
                .isEqualTo("filter_invalid")
                .jsonPath("$.detail")
                .isEqualTo("status: broken (expected: healthy, degraded, down, waiting, unknown)");
        get("/agents?filter=colour:red", 400)
                .jsonPath("$.detail")
                .isEqualTo(
                        "filter: colour: (expected: status:, config:, cluster:, role:, name:, version: or a plain word)");
    }

    @Test
    void anAgentIsShownWithItsTreeAndEffectiveConfig() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            agent.send(agent.message()
                    .setEffectiveConfig(EffectiveConfig.newBuilder()
                            .setConfigMap(AgentConfigMap.newBuilder()
                                    .putConfigMap(
                                            "",
                                            AgentConfigObject.newBuilder()
                                                    .setBody(ByteString.copyFromUtf8("receivers: {}"))
                                                    .build()))));
            home.await("gw-1", found -> found.effectiveConfig() != null);
            String id = home.agent("gw-1").id().value();
            get("/agents/" + id, 200)
                    .jsonPath("$.effectiveConfig")
                    .isEqualTo("receivers: {}")
                    .jsonPath("$.health.status")
                    .isEqualTo("HEALTHY")
                    .jsonPath("$.health.reason")
                    .isEqualTo("Connected, all components healthy")
                    .jsonPath("$.components[0].name")
                    .isEqualTo("traces")
                    .jsonPath("$.config.status")
                    .isEqualTo("PENDING")
                    .jsonPath("$.attributes['lightvessel.role']")
                    .isEqualTo("gateway")
                    .jsonPath("$.rates.received.recordsPerSecond")
                    .isEqualTo(0.0);
        }
    }

    @Test
    void anUnhealthyComponentMakesTheAgentDegradedWithItsReason() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            agent.send(agent.message()
                    .setHealth(SimulatedAgent.healthy().toBuilder()
                            .setHealthy(false)
                            .putComponentHealthMap(
                                    "logs",
                                    io.lightvessel.wire.opamp.ComponentHealth.newBuilder()
                                            .setHealthy(false)
                                            .putComponentHealthMap(
                                                    "exporter/otlphttp/loki",
                                                    io.lightvessel.wire.opamp.ComponentHealth.newBuilder()
                                                            .setHealthy(false)
                                                            .setLastError("connection refused: loki:3100")
                                                            .build())
                                            .build())));
            Agent found = home.await("gw-1", a -> a.health().status() == HealthStatus.DEGRADED);
            assertThat(found.health().reason())
                    .isEqualTo("logs / exporter/otlphttp/loki: connection refused: loki:3100");
        }
    }

    @Test
    void aFailedConfigIsShownWithItsReason() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            ServerToAgent offer = agent.receive(ServerToAgent::hasRemoteConfig);
            agent.send(agent.message()
                    .setRemoteConfigStatus(SimulatedAgent.status(
                            offer.getRemoteConfig().getConfigHash(),
                            RemoteConfigStatuses.RemoteConfigStatuses_FAILED,
                            "receiver otlp: 0.0.0.0:4317: address in use")));
            Agent found = home.await("gw-1", a -> a.config().status() == ConfigStatus.FAILED);
            assertThat(found.config().reason())
                    .isEqualTo("Could not apply revision 1: receiver otlp: 0.0.0.0:4317: address in use");
            assertThat(found.health().status()).isEqualTo(HealthStatus.HEALTHY);
        }
    }

    @Test
    void aDeletedAgentIsGoneWithItsConnectionAndCredential() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            String id = home.agent("gw-1").id().value();
            rest.delete()
                    .uri(home.tenant().path("/agents/" + id))
                    .header("Authorization", home.tenant().bearer())
                    .exchange()
                    .expectStatus()
                    .isNoContent();
            assertThat(agent.closeCode()).isEqualTo(1008);
            get("/agents/" + id, 404).jsonPath("$.code").isEqualTo("agent_not_found");
            assertThat(FleetFixture.refusal(() -> home.connect(agent.credential(), agent.uid(), "gw-1")))
                    .isEqualTo(401);
        }
    }

    @Test
    void anAgentOfAnotherTenantDoesNotExist() throws Exception {
        FleetFixture.Home other = fleet.home();
        try (SimulatedAgent agent = other.enrolled("theirs", "gateway")) {
            String id = other.agent("theirs").id().value();
            get("/agents/" + id, 404).jsonPath("$.detail").isEqualTo("There is no agent " + id + " in this tenant.");
            get("/agents", 200).jsonPath("$.items").isEmpty();
            get("/agents/nonsense", 404).jsonPath("$.code").isEqualTo("agent_not_found");
            rest.delete()
                    .uri(home.tenant().path("/agents/" + id))
                    .header("Authorization", home.tenant().bearer())
                    .exchange()
                    .expectStatus()
                    .isNotFound();
            rest.get()
                    .uri(other.tenant().path("/agents"))
                    .header("Authorization", home.tenant().bearer())
                    .exchange()
                    .expectStatus()
                    .isNotFound();
            assertThat(other.agent("theirs").connected()).isTrue();
        }
    }

    @Test
    void aDeletedClusterTakesItsAgentsAlong() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            rest.delete()
                    .uri(home.tenant().path("/clusters/prod"))
                    .header("Authorization", home.tenant().bearer())
                    .header("If-Match", "\"" + home.cluster().version() + "\"")
                    .exchange()
                    .expectStatus()
                    .isNoContent();
            assertThat(agent.closeCode()).isEqualTo(1008);
            get("/agents", 200).jsonPath("$.items").isEmpty();
        }
    }

    @Test
    void ratesFollowTheFlowReports() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            agent.send(Reports.traces(0, 10, 1_000));
            agent.send(Reports.traces(0, 15, 2_000));
            Agent found = home.await("gw-1", a -> a.rates().received().recordsPerSecond() > 0);
            assertThat(found.rates().received().recordsPerSecond()).isEqualTo(200);
            assertThat(found.rates().receivedBySignal()).containsOnlyKeys(TelemetrySignal.TRACES);
            assertThat(found.firstDataAt()).isNotNull();
            get("/clusters/prod/topology", 200)
                    .jsonPath("$.nodes[*].kind")
                    .isEqualTo(List.of("AGENT", "BACKEND", "SOURCE"))
                    .jsonPath("$.edges[?(@.to=='backend:tempo:4317')].recordsPerSecond")
                    .isEqualTo(200.0);
        }
    }

    @Test
    void theTopologyOfAnUnknownClusterIsNotFound() {
        get("/clusters/nowhere/topology", 404).jsonPath("$.code").isEqualTo("cluster_not_found");
    }
}

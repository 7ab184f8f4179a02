package io.lightvessel.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.wire.ProfileMessages;
import io.lightvessel.wire.opamp.CustomCapabilities;
import io.lightvessel.wire.opamp.ServerToAgent;
import io.lightvessel.wire.profiles.FlameNodes;
import io.lightvessel.wire.profiles.ProcessShare;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import io.lightvessel.wire.profiles.ProfilesQuery;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ControlPlaneTest
class ProfileApiIT {
    private static final long MILLI = 1_000_000;

    @Autowired
    private RestTestClient rest;

    @Autowired
    private FleetFixture fleet;

    private FleetFixture.Home home;
    private final List<ProfilesQuery> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void newHome() {
        home = fleet.home();
    }

    private RestTestClient.BodyContentSpec get(FleetFixture.Home of, String path, int status) {
        return rest.get()
                .uri(of.tenant().path(path))
                .header("Authorization", of.tenant().bearer())
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody();
    }

    private JsonNode profiles(String query) {
        return JsonMapper.shared()
                .readTree(get(home, "/clusters/prod/profiles" + query, 200)
                        .returnResult()
                        .getResponseBody());
    }

    private static SimulatedAgent agent(FleetFixture.Home of, String name, String role) throws Exception {
        SimulatedAgent agent = of.enrolled(name, role);
        agent.send(agent.message()
                .setCustomCapabilities(CustomCapabilities.newBuilder().addCapabilities(ProfileMessages.CAPABILITY)));
        // Its next message is handled after this one.
        agent.send(
                agent.message().setHealth(SimulatedAgent.healthy().toBuilder().setStatus("seen")));
        return agent;
    }

    /** Waits for a question and answers it. */
    private void answering(SimulatedAgent agent, UnaryOperator<ProfilesAnswer.Builder> answer) {
        Thread.startVirtualThread(() -> {
            try {
                ServerToAgent question = agent.receive(ServerToAgent::hasCustomMessage);
                ProfilesQuery query =
                        ProfileMessages.query(question.getCustomMessage()).orElseThrow();
                asked.add(query);
                agent.send(agent.message()
                        .setCustomMessage(ProfileMessages.wrap(answer.apply(ProfilesAnswer.newBuilder()
                                        .setQueryId(query.getQueryId())
                                        .setProfiles(true))
                                .build())));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static ProfilesAnswer.Builder ran(ProfilesAnswer.Builder answer, String function, long millis) {
        return answer.setFromUnixNano(1_700_000_000_000_000_000L)
                .setToUnixNano(1_700_000_060_000_000_000L)
                .setSamples(millis / 10)
                .addProcesses(ProcessShare.newBuilder()
                        .setKey("7-100")
                        .putLabels("service_name", "shop")
                        .setCpuNano(millis * MILLI))
                .addNames("all")
                .addNames("main")
                .addNames(function)
                .setNodes(FlameNodes.newBuilder()
                        .addAllName(List.of(0, 1, 2))
                        .addAllDepth(List.of(0, 1, 2))
                        .addAllTotalNano(List.of(millis * MILLI, millis * MILLI, millis * MILLI))
                        .addAllSelfNano(List.of(0L, 0L, millis * MILLI)));
    }

    private static List<String> nodes(JsonNode body) {
        return body.path("nodes")
                .valueStream()
                .map(node -> "%d %s %d %d"
                        .formatted(
                                node.path("depth").asInt(),
                                node.path("name").asString(),
                                node.path("totalNanos").asLong() / MILLI,
                                node.path("selfNanos").asLong() / MILLI))
                .toList();
    }

    @Test
    void graphsOfAllNodesAreOneAndGatewaysAreNotAsked() throws Exception {
        try (SimulatedAgent one = agent(home, "node-1", "collector");
                SimulatedAgent two = agent(home, "node-2", "edge");
                SimulatedAgent gateway = agent(home, "gw-1", "gateway")) {
            answering(one, answer -> ran(answer, "buy", 300).addProblems("ebpf: hidden"));
            answering(two, answer -> ran(answer, "sell", 100));

            JsonNode body = profiles("?service=shop&minutes=2");

            assertThat(nodes(body)).containsExactly("0 all 400 0", "1 main 400 0", "2 buy 300 300", "2 sell 100 100");
            assertThat(body.path("samples").asInt()).isEqualTo(40);
            assertThat(body.path("from").asString()).isEqualTo("2023-11-14T22:13:20Z");
            assertThat(body.path("to").asString()).isEqualTo("2023-11-14T22:14:20Z");
            assertThat(body.path("processes").size()).isEqualTo(2);
            assertThat(body.path("processes").get(0).path("cpuSeconds").asDouble())
                    .isEqualTo(0.3);
            assertThat(body.path("profilers").size()).isEqualTo(2);
            assertThat(body.path("profilers").toString()).contains("ebpf: hidden");
            assertThat(asked).hasSize(2).allSatisfy(query -> {
                assertThat(query.getService()).isEqualTo("shop");
                assertThat(query.getLastSeconds()).isEqualTo(120);
            });
        }
    }

    @Test
    void oneNodeCanBeAskedAlone() throws Exception {
        try (SimulatedAgent one = agent(home, "node-1", "collector");
                SimulatedAgent two = agent(home, "node-2", "collector")) {
            answering(one, answer -> ran(answer, "buy", 300));
            answering(two, answer -> ran(answer, "sell", 100));
            String id = id("node-2");

            JsonNode body = profiles("?agent=" + id + "&process=7-100");

            assertThat(nodes(body)).contains("2 sell 100 100").doesNotContain("2 buy 300 300");
            assertThat(asked).extracting(ProfilesQuery::getProcess).containsExactly("7-100");
        }
    }

    @Test
    void nonsenseOfAnAgentEndsItsGraphAndNothingElse() throws Exception {
        try (SimulatedAgent one = agent(home, "node-1", "collector");
                SimulatedAgent two = agent(home, "node-2", "collector")) {
            answering(
                    one,
                    answer -> ran(answer, "buy", 300)
                            .setNodes(FlameNodes.newBuilder()
                                    .addAllName(List.of(0, 1, 99))
                                    .addAllDepth(List.of(0, 1, 7))
                                    .addAllTotalNano(List.of(300 * MILLI, Long.MAX_VALUE, -1L))
                                    .addAllSelfNano(List.of(0L, 0L, 0L))));
            answering(two, answer -> ran(answer, "sell", 100));

            assertThat(nodes(profiles(""))).contains("2 sell 100 100").hasSize(3);
        }
    }

    @Test
    void agentWithoutAProfilerSaysSoAndASilentOneIsNamed() throws Exception {
        try (SimulatedAgent one = agent(home, "node-1", "collector");
                SimulatedAgent two = agent(home, "node-2", "collector")) {
            answering(one, answer -> answer.setProfiles(false));

            JsonNode body = profiles("");

            assertThat(body.path("nodes").size()).isZero();
            assertThat(body.has("from")).isFalse();
            assertThat(body.path("profilers")
                            .valueStream()
                            .map(each -> each.path("silent").asString("")))
                    .containsExactlyInAnyOrder("", "The agent did not answer within 5 seconds.");
            assertThat(body.path("profilers")
                            .valueStream()
                            .noneMatch(each -> each.path("configured").asBoolean()))
                    .isTrue();
        }
    }

    @Test
    void nobodySeesWhatRunsOnAnotherTenantsNodes() throws Exception {
        FleetFixture.Home other = fleet.home();
        try (SimulatedAgent theirs = agent(other, "node-1", "collector")) {
            answering(theirs, answer -> ran(answer, "secret", 100));

            assertThat(profiles("").path("profilers").size()).isZero();
            String id = JsonMapper.shared()
                    .readTree(get(other, "/agents", 200).returnResult().getResponseBody())
                    .path("items")
                    .get(0)
                    .path("id")
                    .asString();
            get(home, "/clusters/prod/profiles?agent=" + id, 404)
                    .jsonPath("$.code")
                    .isEqualTo("agent_not_found");
            rest.get()
                    .uri(other.tenant().path("/clusters/prod/profiles"))
                    .header("Authorization", home.tenant().bearer())
                    .exchange()
                    .expectStatus()
                    .isNotFound();
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        get(home, "/clusters/prod/profiles?minutes=61", 400)
                .jsonPath("$.detail")
                .isEqualTo("minutes: 61 (expected: 1..60)");
        get(home, "/clusters/prod/profiles?process=7-1", 400)
                .jsonPath("$.detail")
                .isEqualTo("process: 7-1 (expected: an agent too, since keys of processes are those of one node)");
        get(home, "/clusters/prod/profiles?agent=nobody", 404)
                .jsonPath("$.code")
                .isEqualTo("agent_not_found");
        get(home, "/clusters/elsewhere/profiles", 404).jsonPath("$.code").isEqualTo("cluster_not_found");
    }

    private String id(String name) {
        return JsonMapper.shared()
                .readTree(get(home, "/agents", 200).returnResult().getResponseBody())
                .path("items")
                .valueStream()
                .filter(agent -> agent.path("name").asString().equals(name))
                .map(agent -> agent.path("id").asString())
                .findFirst()
                .orElseThrow();
    }
}

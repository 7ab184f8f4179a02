package io.lightvessel.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.wire.TargetMessages;
import io.lightvessel.wire.opamp.AgentDisconnect;
import io.lightvessel.wire.opamp.CustomCapabilities;
import io.lightvessel.wire.opamp.ServerToAgent;
import io.lightvessel.wire.targets.ClusterView;
import io.lightvessel.wire.targets.Member;
import io.lightvessel.wire.targets.TargetStatus;
import io.lightvessel.wire.targets.TargetsAnswer;
import io.lightvessel.wire.targets.TargetsQuery;
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
class TargetApiIT {
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

    private JsonNode targets(String query) {
        return JsonMapper.shared()
                .readTree(get("/clusters/prod/targets" + query, 200)
                        .returnResult()
                        .getResponseBody());
    }

    private SimulatedAgent gateway(String name) throws Exception {
        SimulatedAgent agent = home.enrolled(name, "gateway");
        agent.send(agent.message()
                .setCustomCapabilities(CustomCapabilities.newBuilder().addCapabilities(TargetMessages.CAPABILITY)));
        // Its next message is handled after this one.
        agent.send(
                agent.message().setHealth(SimulatedAgent.healthy().toBuilder().setStatus("seen")));
        return agent;
    }

    /** Waits for a question and answers it. */
    private static Thread answering(SimulatedAgent agent, UnaryOperator<TargetsAnswer.Builder> answer) {
        return Thread.startVirtualThread(() -> {
            try {
                ServerToAgent question = agent.receive(ServerToAgent::hasCustomMessage);
                TargetsQuery query =
                        TargetMessages.query(question.getCustomMessage()).orElseThrow();
                agent.send(agent.message()
                        .setCustomMessage(TargetMessages.wrap(
                                answer.apply(TargetsAnswer.newBuilder().setQueryId(query.getQueryId()))
                                        .build())));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static TargetStatus.Builder target(String key, String state) {
        return TargetStatus.newBuilder()
                .setKey(key)
                .setReceiver("prometheus")
                .setJob("node")
                .setKind("metrics")
                .setUrl("http://" + key + ":9100/metrics")
                .putLabels("instance", key)
                .setState(state);
    }

    @Test
    void theAnswersOfAllReplicasAreOneListAndOwnersKnowBest() throws Exception {
        try (SimulatedAgent one = gateway("gw-1");
                SimulatedAgent two = gateway("gw-2")) {
            answering(
                    one,
                    answer -> answer.addTargets(target("a", "up")
                                    .setLastScrapeUnixNano(1_700_000_000_000_000_000L)
                                    .setLastDurationNano(2_500_000)
                                    .setLastSamples(7)
                                    .setNextScrapeUnixNano(1_700_000_015_000_000_000L)
                                    .setOwnedSinceUnixNano(1_699_999_000_500_000_000L)
                                    .setPredictedOwner("gw-2"))
                            .addTargets(target("c", "unowned"))
                            .putCounts("up", 1)
                            .putCounts("unowned", 1)
                            .setCluster(ClusterView.newBuilder()
                                    .setSelf("gw-1")
                                    .setView(4)
                                    .setState("settled")
                                    .addMembers(Member.newBuilder()
                                            .setName("gw-1")
                                            .setTargets(1)
                                            .setLoad(1.05)
                                            .setCoordinator(true))
                                    .addMembers(Member.newBuilder().setName("gw-2"))));
            answering(
                    two,
                    answer -> answer.addTargets(target("b", "down").setError("connection refused"))
                            .addTargets(target("c", "pending"))
                            .putCounts("down", 1)
                            .putCounts("pending", 1)
                            .addProblems("prometheus: cannot list pods"));

            JsonNode body = targets("?text=9100");

            assertThat(body.path("items")
                            .valueStream()
                            .map(item -> item.path("key").asString()))
                    .containsExactly("a", "b", "c");
            JsonNode a = body.path("items").get(0);
            assertThat(a.path("state").asString()).isEqualTo("up");
            assertThat(a.path("lastDurationSeconds").asDouble()).isEqualTo(0.0025);
            assertThat(a.path("lastScrape").asString()).isEqualTo("2023-11-14T22:13:20Z");
            assertThat(a.path("predictedOwner").asString()).isEqualTo("gw-2");
            assertThat(a.path("owners").size()).isEqualTo(1);
            assertThat(a.path("nextScrape").asString()).isEqualTo("2023-11-14T22:13:35Z");
            assertThat(a.path("ownedSince").asString()).isEqualTo("2023-11-14T21:56:40.500Z");
            assertThat(body.path("items").get(1).has("nextScrape")).isFalse();
            assertThat(body.path("items").get(1).has("ownedSince")).isFalse();
            assertThat(body.path("items").get(1).path("error").asString()).isEqualTo("connection refused");
            assertThat(body.path("items").get(2).path("state").asString())
                    .as("the owner's word, not that of who saw nobody")
                    .isEqualTo("pending");
            assertThat(body.path("counts").path("up").asInt()).isEqualTo(1);
            assertThat(body.path("counts").path("down").asInt()).isEqualTo(1);
            JsonNode replicas = body.path("replicas");
            assertThat(replicas.size()).isEqualTo(2);
            JsonNode first = replicas.get(0).path("name").asString().equals("gw-1") ? replicas.get(0) : replicas.get(1);
            JsonNode second =
                    replicas.get(0).path("name").asString().equals("gw-1") ? replicas.get(1) : replicas.get(0);
            assertThat(first.path("member").path("view").asInt()).isEqualTo(4);
            assertThat(first.path("member").path("coordinator").asBoolean()).isTrue();
            assertThat(second.path("problems").get(0).asString()).isEqualTo("prometheus: cannot list pods");
            assertThat(second.has("member")).isFalse();
        }
    }

    @Test
    void theTargetsOfOneOwnerAreFoundByItsNameOrId() throws Exception {
        try (SimulatedAgent one = gateway("gw-1");
                SimulatedAgent two = gateway("gw-2")) {
            String id = "";
            for (String owner : List.of("gw-2", "id", "nobody")) {
                answering(one, answer -> answer.addTargets(target("a", "up")).addTargets(target("u", "unowned")));
                answering(
                        two,
                        answer -> answer.addTargets(target("b", "down"))
                                .addTargets(target("c", "up"))
                                .putCounts("up", 1));

                JsonNode body = targets("?pageSize=1&owner=" + (owner.equals("id") ? id : owner));

                List<String> keys = body.path("items")
                        .valueStream()
                        .map(item -> item.path("key").asString())
                        .toList();
                assertThat(keys).as(owner).isEqualTo(owner.equals("nobody") ? List.of() : List.of("b"));
                assertThat(body.has("nextPageToken"))
                        .as("c is on the next page")
                        .isEqualTo(!owner.equals("nobody"));
                assertThat(body.path("counts").path("up").asInt())
                        .as("the numbers are of all")
                        .isEqualTo(1);
                assertThat(body.path("replicas").size()).isEqualTo(2);
                if (owner.equals("gw-2")) {
                    id = body.path("items").get(0).path("owners").get(0).asString();
                }
            }
        }
    }

    @Test
    void twoOwnersAreBothNamed() throws Exception {
        try (SimulatedAgent one = gateway("gw-1");
                SimulatedAgent two = gateway("gw-2")) {
            answering(one, answer -> answer.addTargets(target("a", "up")));
            answering(two, answer -> answer.addTargets(target("a", "up")));
            assertThat(targets("").path("items").get(0).path("owners").size()).isEqualTo(2);
        }
    }

    @Test
    void aSilentReplicaIsNamedAndTheOthersAreShown() throws Exception {
        try (SimulatedAgent one = gateway("gw-1");
                SimulatedAgent two = gateway("gw-2")) {
            answering(one, answer -> answer.addTargets(target("a", "up")));
            JsonNode body = targets("");
            assertThat(body.path("items").size()).isEqualTo(1);
            assertThat(body.path("replicas")
                            .valueStream()
                            .map(replica -> replica.path("silent").asString("")))
                    .containsExactlyInAnyOrder("", "The agent did not answer within 5 seconds.");
        }
    }

    @Test
    void aReplicaThatSaidGoodbyeIsNotMissed() throws Exception {
        try (SimulatedAgent one = gateway("gw-1");
                SimulatedAgent two = gateway("gw-2")) {
            two.send(two.message().setAgentDisconnect(AgentDisconnect.getDefaultInstance()));
            List<String> names = List.of();
            for (int i = 0; i < 4 && names.size() != 1; i++) {
                answering(one, answer -> answer.addTargets(target("a", "up")));
                names = targets("")
                        .path("replicas")
                        .valueStream()
                        .map(replica -> replica.path("name").asString())
                        .toList();
            }
            assertThat(names).containsExactly("gw-1");
        }
    }

    @Test
    void onlyTheAgentThatWasAskedCanAnswer() throws Exception {
        try (SimulatedAgent asked = gateway("gw-1");
                SimulatedAgent other = home.enrolled("gw-2", "gateway")) {
            Thread.startVirtualThread(() -> {
                try {
                    ServerToAgent question = asked.receive(ServerToAgent::hasCustomMessage);
                    String id = TargetMessages.query(question.getCustomMessage())
                            .orElseThrow()
                            .getQueryId();
                    other.send(other.message()
                            .setCustomMessage(TargetMessages.wrap(TargetsAnswer.newBuilder()
                                    .setQueryId(id)
                                    .addTargets(target("forged", "up"))
                                    .build())));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            JsonNode body = targets("");
            assertThat(body.path("items").size()).isZero();
            assertThat(body.path("replicas").size()).isEqualTo(1);
        }
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        try (SimulatedAgent one = gateway("gw-1")) {
            answering(one, answer -> answer.addTargets(target("a", "up")).addTargets(target("b", "up")));
            JsonNode first = targets("?pageSize=1");
            assertThat(first.path("items").get(0).path("key").asString()).isEqualTo("a");
            List<String> after = new CopyOnWriteArrayList<>();
            Thread.startVirtualThread(() -> {
                try {
                    ServerToAgent question = one.receive(ServerToAgent::hasCustomMessage);
                    TargetsQuery query =
                            TargetMessages.query(question.getCustomMessage()).orElseThrow();
                    after.add(query.getAfter() + " " + query.getLimit());
                    one.send(one.message()
                            .setCustomMessage(TargetMessages.wrap(TargetsAnswer.newBuilder()
                                    .setQueryId(query.getQueryId())
                                    .addTargets(target("b", "up"))
                                    .build())));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            JsonNode second = targets(
                    "?pageSize=1&pageToken=" + first.path("nextPageToken").asString());
            assertThat(second.path("items").get(0).path("key").asString()).isEqualTo("b");
            assertThat(second.has("nextPageToken")).isFalse();
            assertThat(after).containsExactly("a 2");
        }
    }

    @Test
    void aStateThatDoesNotExistIsRefusedAndForeignClustersDoNotExist() {
        get("/clusters/prod/targets?state=sleepy", 400)
                .jsonPath("$.detail")
                .isEqualTo("state: sleepy (expected: up, down, pending, unowned, dropped)");
        get("/clusters/elsewhere/targets", 404).jsonPath("$.code").isEqualTo("cluster_not_found");
    }
}

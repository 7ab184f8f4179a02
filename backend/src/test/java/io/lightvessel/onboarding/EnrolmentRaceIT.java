package io.lightvessel.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.testing.WireAgent;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules of enrolment, and that they hold when agents come all at once. */
@ControlPlaneTest
class EnrolmentRaceIT {
    @Autowired
    private FleetFixture fleet;

    @Autowired
    private EnrollmentTokens tokens;

    private final HttpClient client = HttpClient.newHttpClient();
    private FleetFixture.Home home;

    @BeforeEach
    void newHome() {
        home = fleet.home();
    }

    private HttpResponse<byte[]> post(String bearer, WireAgent agent) throws Exception {
        return client.send(
                HttpRequest.newBuilder(fleet.plainHttp())
                        .header("Content-Type", "application/x-protobuf")
                        .header("Authorization", "Bearer " + bearer)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                agent.fullState("gateway").build().toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private String credential(String bearer, WireAgent agent) throws Exception {
        HttpResponse<byte[]> response = post(bearer, agent);
        assertThat(response.statusCode()).isEqualTo(200);
        return FleetFixture.credential(ServerToAgent.parseFrom(response.body()));
    }

    private CreatedToken token(Integer maxUses, Duration validFor) {
        return home.create(new NewEnrollmentToken("test", home.cluster().id(), null, maxUses, validFor));
    }

    private EnrollmentToken read(CreatedToken token) {
        return home.in(() -> tokens.get(token.token().id()));
    }

    private void assertRefused(HttpResponse<byte[]> response, String code, String detail) {
        assertThat(response.statusCode()).isEqualTo(401);
        JsonNode problem = JsonMapper.shared().readTree(response.body());
        assertThat(problem.toString())
                .isEqualTo("{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"" + detail + "\",\"code\":\"" + code
                        + "\"}");
    }

    @Test
    void ofManyAgentsThatRaceForTheLastUsesExactlySoManyWin() throws Exception {
        CreatedToken token = token(3, Duration.ofDays(1));
        int racers = 16;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> finishes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < racers; i++) {
                WireAgent agent = new WireAgent("racer-" + i);
                Callable<Integer> run = () -> {
                    start.await();
                    return post(token.secret(), agent).statusCode();
                };
                finishes.add(threads.submit(run));
            }
            start.countDown();
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> finish : finishes) {
            statuses.add(finish.get());
        }
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(3);
        assertThat(statuses).filteredOn(status -> status == 401).hasSize(racers - 3);
        assertThat(read(token).uses()).isEqualTo(3);
        assertThat(read(token).refused()).isEqualTo(racers - 3);
        assertThat(home.in(() -> fleet.agents().inCluster(home.cluster().id()))).hasSize(3);
    }

    @Test
    void anAgentThatNeverGotToUseItsCredentialIsGivenAnotherWithoutCounting() throws Exception {
        CreatedToken token = token(1, Duration.ofDays(1));
        WireAgent agent = new WireAgent("stubborn");
        String lost = credential(token.secret(), agent);
        String kept = credential(token.secret(), agent);
        assertThat(kept).isNotEqualTo(lost);
        assertThat(read(token).uses()).isEqualTo(1);
        assertRefused(
                post(lost, agent),
                "credential_revoked",
                "Credential " + lost.substring(0, 14) + " was revoked. Enrol the agent with a new token.");
        assertThat(post(kept, agent).statusCode()).isEqualTo(200);
        // From now on the token is used up for it, too.
        assertRefused(
                post(token.secret(), agent),
                "enrollment_token_used_up",
                "Token " + token.token().id() + " was used up (1 of 1). Create a new token to connect another agent.");
    }

    @Test
    void anAgentThatLostItsStateEnrolsAgainAsItself() throws Exception {
        WireAgent agent = new WireAgent("forgetful");
        String first = credential(home.token(), agent);
        assertThat(post(first, agent).statusCode()).isEqualTo(200);
        var before = home.agent("forgetful").id();
        // Over HTTP there is no connection that would show that it still lives.
        String second = credential(home.token(), agent);
        assertThat(post(second, agent).statusCode()).isEqualTo(200);
        assertThat(home.agent("forgetful").id()).isEqualTo(before);
        assertThat(post(first, agent).statusCode()).isEqualTo(401);
    }

    @Test
    void aRevokedTokenIsRefusedButItsAgentsStay() throws Exception {
        CreatedToken token = token(5, Duration.ofDays(1));
        WireAgent agent = new WireAgent("early");
        String credential = credential(token.secret(), agent);
        home.in(() -> tokens.revoke(token.token().id()));
        assertRefused(
                post(token.secret(), new WireAgent("late")),
                "enrollment_token_revoked",
                "Token " + token.token().id() + " was revoked. Create a new token to connect another agent.");
        assertThat(post(credential, agent).statusCode()).isEqualTo(200);
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        CreatedToken token = token(5, Duration.ofMillis(1));
        Thread.sleep(5);
        assertRefused(
                post(token.secret(), new WireAgent("late")),
                "enrollment_token_expired",
                "Token " + token.token().id() + " expired at " + token.token().expiresAt()
                        + ". Create a new token to connect another agent.");
    }

    @Test
    void aWrongSecretAnUnknownTokenAndHalfATokenAreRefused() throws Exception {
        CreatedToken token = token(1, Duration.ofDays(1));
        String id = token.token().id();
        assertRefused(
                post(id + "_" + "A".repeat(43), new WireAgent("a")),
                "enrollment_token_wrong",
                "The secret of token " + id + " does not match. Copy the whole token again, or create a new one.");
        assertRefused(
                post(token.secret().substring(0, 40), new WireAgent("a")),
                "enrollment_token_wrong",
                "Token " + id
                        + " was not copied whole: 40 characters (expected: 58). Copy it again, or create a new one.");
        assertRefused(
                post("lve_zzzzzzzzzz_" + "A".repeat(43), new WireAgent("a")),
                "enrollment_token_unknown",
                "There is no enrolment token lve_zzzzzzzzzz here. Check that the agent talks to the right control plane,"
                        + " or create a new token.");
        assertThat(home.in(() -> tokens.attempts(id))).singleElement().satisfies(attempt -> {
            assertThat(attempt.code()).isEqualTo("enrollment_token_wrong");
            assertThat(attempt.count()).isEqualTo(2);
            assertThat(attempt.accepted()).isFalse();
            assertThat(attempt.remoteAddress()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void aTokenForAnotherRoleIsRefused() throws Exception {
        CreatedToken token = home.create(
                new NewEnrollmentToken("collectors", home.cluster().id(), AgentRole.COLLECTOR, 1, Duration.ofDays(1)));
        assertRefused(
                post(token.secret(), new WireAgent("gw")),
                "enrollment_token_wrong",
                "Token " + token.token().id()
                        + " is for the role collector, the agent's is gateway. Start it with that role, or create another token.");
        assertThat(home.in(() -> tokens.attempts(token.token().id())))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.agent()).isEqualTo("gw"));
        assertThat(read(token).uses()).isZero();
    }

    @Test
    void aWebSocketThatLosesTheRaceIsToldWhyAndClosed() throws Exception {
        CreatedToken token = token(1, Duration.ofDays(1));
        try (SimulatedAgent one = home.connect(token.secret(), SimulatedAgent.newUid(), "one");
                SimulatedAgent two = home.connect(token.secret(), SimulatedAgent.newUid(), "two")) {
            one.send(one.fullState("gateway"));
            assertThat(one.receive().hasConnectionSettings()).isTrue();
            two.send(two.fullState("gateway"));
            assertThat(two.receive().getErrorResponse().getErrorMessage())
                    .isEqualTo("Token " + token.token().id()
                            + " was used up (1 of 1). Create a new token to connect another agent.");
            assertThat(two.closeCode()).isEqualTo(1008);
        }
        assertThat(home.in(() -> tokens.attempts(token.token().id())))
                .extracting(EnrollmentAttempt::code, EnrollmentAttempt::agent)
                .containsExactlyInAnyOrder(tuple("accepted", "one"), tuple("enrollment_token_used_up", "two"));
    }

    @Test
    void noSecretIsStored() throws Exception {
        CreatedToken token = token(1, Duration.ofDays(1));
        String credential = credential(token.secret(), new WireAgent("x"));
        for (String table : List.of("onboarding_token", "onboarding_credential", "onboarding_attempt", "fleet_agent")) {
            String dump = home.in(() -> fleet.dump(table));
            assertThat(dump)
                    .isNotEmpty()
                    .doesNotContain(token.secret().substring(15))
                    .doesNotContain(credential.substring(15));
        }
    }

    @Test
    void theDatabaseShowsAnotherTenantNothing() throws Exception {
        credential(home.token(), new WireAgent("x"));
        FleetFixture.Home other = fleet.home();
        for (String table : List.of("onboarding_token", "onboarding_credential", "onboarding_attempt", "fleet_agent")) {
            assertThat(other.in(() -> fleet.count(table))).as(table).isZero();
            assertThat(home.in(() -> fleet.count(table))).as(table).isPositive();
        }
    }
}

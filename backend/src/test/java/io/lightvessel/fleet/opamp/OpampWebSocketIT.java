package io.lightvessel.fleet.opamp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.ConfigStatus;
import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.fleet.Reports;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.testing.WireAgent;
import io.lightvessel.wire.AgentAttributes;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.ConfigVerdict;
import io.lightvessel.wire.ConfigVerifier;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.OpampFrame;
import io.lightvessel.wire.RemoteConfigEntries;
import io.lightvessel.wire.SignedConfig;
import io.lightvessel.wire.TrustSettings;
import io.lightvessel.wire.opamp.AgentCapabilities;
import io.lightvessel.wire.opamp.AgentDescription;
import io.lightvessel.wire.opamp.AgentDisconnect;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.ConnectionSettingsStatus;
import io.lightvessel.wire.opamp.CustomMessage;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import io.lightvessel.wire.opamp.ServerErrorResponseType;
import io.lightvessel.wire.opamp.ServerToAgent;
import io.lightvessel.wire.opamp.ServerToAgentFlags;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** OpAMP over WebSocket; what opamp-go tests of a server, and what our agents rely on. */
@ControlPlaneTest
class OpampWebSocketIT {
    @Autowired
    private FleetFixture fleet;

    @Autowired
    private InboundBudget budget;

    @LocalServerPort
    private int mainPort;

    private FleetFixture.Home home;

    @BeforeEach
    void newHome() {
        home = fleet.home();
    }

    @Test
    void theMainPortServesOpampToo() throws Exception {
        try (SimulatedAgent agent = SimulatedAgent.connect(
                fleet.client(),
                URI.create("ws://127.0.0.1:" + mainPort + "/v1/opamp"),
                home.token(),
                SimulatedAgent.newUid(),
                "main")) {
            agent.send(agent.fullState("gateway"));
            assertThat(agent.receive().hasConnectionSettings()).isTrue();
        }
    }

    @Test
    void aHandshakeWithoutCredentialsIsRefused() {
        assertThat(FleetFixture.refusal(() -> home.connect(null, SimulatedAgent.newUid(), "x")))
                .isEqualTo(401);
    }

    @Test
    void theOfferedConfigVerifiesWithWhatWasPinnedAtEnrolment() throws Exception {
        InstanceUid uid = SimulatedAgent.newUid();
        ServerToAgent offer;
        try (SimulatedAgent newcomer = home.connect(home.token(), uid, "gw")) {
            newcomer.send(newcomer.fullState("gateway"));
            offer = newcomer.receive();
            newcomer.send(newcomer.message()
                    .setConnectionSettingsStatus(ConnectionSettingsStatus.newBuilder()
                            .setLastConnectionSettingsHash(
                                    offer.getConnectionSettings().getHash())));
        }
        assertThat(offer.getConnectionSettings().getHash().size()).isEqualTo(32);
        assertThat(offer.getConnectionSettings().getOpamp().getHeartbeatIntervalSeconds())
                .isEqualTo(30);
        TrustSettings trust = TrustSettings.fromWire(
                offer.getConnectionSettings().getOtherConnectionsOrThrow(TrustSettings.CONNECTION_NAME));
        try (SimulatedAgent agent = home.connect(FleetFixture.credential(offer), uid, "gw")) {
            agent.send(agent.fullState("gateway"));
            var config = agent.receive(ServerToAgent::hasRemoteConfig)
                    .getRemoteConfig()
                    .getConfig();
            byte[] yaml = config.getConfigMapOrThrow(RemoteConfigEntries.YAML)
                    .getBody()
                    .toByteArray();
            SignedConfig signed = SignedConfig.fromJson(config.getConfigMapOrThrow(RemoteConfigEntries.SIGNATURE)
                    .getBody()
                    .toByteArray());
            ConfigVerdict verdict =
                    new ConfigVerifier(trust, AgentRole.GATEWAY, Clock.systemUTC()).verify(signed, yaml, 1);
            assertThat(verdict).isInstanceOf(ConfigVerdict.Valid.class);
            assertThat(new ConfigVerifier(trust, AgentRole.COLLECTOR, Clock.systemUTC()).verify(signed, yaml, 1))
                    .isInstanceOf(ConfigVerdict.WrongTarget.class);
        }
    }

    @Test
    void aChangedStackIsPushedToItsRolesAtOnce() throws Exception {
        try (SimulatedAgent one = home.enrolled("gw-1", "gateway");
                SimulatedAgent two = home.enrolled("gw-2", "gateway")) {
            applies(one);
            applies(two);
            home.save("payments");
            for (SimulatedAgent agent : List.of(one, two)) {
                ServerToAgent pushed = applies(agent);
                assertThat(pushed.getRemoteConfig()
                                .getConfig()
                                .getConfigMapOrThrow("")
                                .getBody()
                                .toStringUtf8())
                        .contains("payments");
            }
            Agent found = home.await("gw-2", a -> a.config().status() == ConfigStatus.IN_SYNC);
            assertThat(found.config().reason()).isEqualTo("Runs revision 2");
            assertThat(found.config().desiredHash()).isEqualTo(found.config().reportedHash());
        }
    }

    private static ServerToAgent applies(SimulatedAgent agent) throws Exception {
        ServerToAgent offer = agent.receive(ServerToAgent::hasRemoteConfig);
        agent.send(agent.message()
                .setRemoteConfigStatus(SimulatedAgent.status(
                        offer.getRemoteConfig().getConfigHash(),
                        RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                        "")));
        return offer;
    }

    @Test
    void aConfigThatFailedIsNotOfferedAgain() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            ServerToAgent offer = agent.receive(ServerToAgent::hasRemoteConfig);
            agent.send(agent.message()
                    .setRemoteConfigStatus(SimulatedAgent.status(
                            offer.getRemoteConfig().getConfigHash(),
                            RemoteConfigStatuses.RemoteConfigStatuses_FAILED,
                            "no")));
            agent.send(agent.message());
            assertThat(agent.hearsNothing(Duration.ofMillis(300))).isTrue();
        }
    }

    @Test
    void aReconnectingAgentThatAppliedTheConfigIsNotOfferedIt() throws Exception {
        SimulatedAgent first = home.enrolled("gw-1", "gateway");
        ServerToAgent offer = applies(first);
        home.await("gw-1", found -> found.config().status() == ConfigStatus.IN_SYNC);
        first.abort();
        try (SimulatedAgent again = home.connect(first.credential(), first.uid(), "gw-1")) {
            again.send(again.fullState("gateway")
                    .setRemoteConfigStatus(SimulatedAgent.status(
                            offer.getRemoteConfig().getConfigHash(),
                            RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                            "")));
            assertThat(again.receive().hasRemoteConfig()).isFalse();
            assertThat(again.hearsNothing(Duration.ofMillis(300))).isTrue();
        }
    }

    @Test
    void aGapInTheSequenceAsksForTheFullState() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            agent.receive(ServerToAgent::hasRemoteConfig);
            agent.message();
            agent.send(agent.message());
            assertThat(agent.receive().getFlags())
                    .isEqualTo(ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE);
            agent.send(agent.message());
            assertThat(agent.hearsNothing(Duration.ofMillis(300))).isTrue();
        }
    }

    @Test
    void anAgentThatReconnectsWithoutItsStateIsAskedForIt() throws Exception {
        SimulatedAgent first = home.enrolled("gw-1", "gateway");
        first.abort();
        try (SimulatedAgent again = home.connect(first.credential(), first.uid(), "gw-1")) {
            again.message();
            again.message();
            again.message();
            again.send(again.message());
            assertThat(again.receive().getFlags())
                    .isEqualTo(ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE);
        }
    }

    @Test
    void aLostConnectionIsUnknownFirst() throws Exception {
        SimulatedAgent agent = home.enrolled("gw-1", "gateway");
        agent.abort();
        Agent lost = home.await("gw-1", found -> !found.connected());
        assertThat(lost.health().status()).isEqualTo(HealthStatus.UNKNOWN);
        assertThat(lost.health().reason())
                .isEqualTo("Connection lost; counts as down if it does not return within 30 s");
    }

    @Test
    void anAgentThatSaysGoodbyeIsDownAtOnce() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            agent.send(agent.message().setAgentDisconnect(AgentDisconnect.getDefaultInstance()));
            Agent gone = home.await("gw-1", found -> !found.connected());
            assertThat(gone.health().status()).isEqualTo(HealthStatus.DOWN);
        }
    }

    @Test
    void badFramesGetABadRequestAndTheConnectionStays() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            agent.receive(ServerToAgent::hasRemoteConfig);
            assertThat(badRequest(agent, new byte[] {5, 1, 2, 3})).isEqualTo("OpAMP frame: header: 5 (expected: 0)");
            assertThat(badRequest(agent, new byte[] {0, (byte) 0xff, (byte) 0xff}))
                    .startsWith("OpAMP frame: ");
            assertThat(badRequest(agent, new byte[0])).startsWith("OpAMP frame: ");
            assertThat(badRequest(
                            agent,
                            OpampFrame.encode(
                                    AgentToServer.newBuilder().setSequenceNum(1).build())))
                    .isEqualTo("instance_uid: 0 bytes (expected: 16, a UUID)");
            agent.send(Reports.traces(0, 5, 10));
            home.await("gw-1", found -> found.firstDataAt() != null);
        }
    }

    private static String badRequest(SimulatedAgent agent, byte[] frame) throws Exception {
        agent.sendRaw(frame);
        ServerToAgent answer = agent.receive();
        assertThat(answer.getErrorResponse().getType())
                .isEqualTo(ServerErrorResponseType.ServerErrorResponseType_BadRequest);
        return answer.getErrorResponse().getErrorMessage();
    }

    @Test
    void onePeerCannotSendGarbageForEver() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            for (int i = 0; i < 10; i++) {
                agent.sendRaw(new byte[] {9});
            }
            assertThat(agent.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aTextFrameEndsTheConnection() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            agent.socket().sendText("hello", true).get(10, TimeUnit.SECONDS);
            assertThat(agent.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void aMessageInPiecesIsPutTogether() throws Exception {
        try (SimulatedAgent agent = home.connect(home.token(), SimulatedAgent.newUid(), "pieces")) {
            byte[] frame = OpampFrame.encode(agent.fullState("gateway").build());
            for (int i = 0; i < frame.length; i++) {
                agent.socket()
                        .sendBinary(ByteBuffer.wrap(frame, i, 1), i == frame.length - 1)
                        .get(10, TimeUnit.SECONDS);
            }
            assertThat(agent.receive().hasConnectionSettings()).isTrue();
        }
    }

    @Test
    void aMessageOverTheLimitClosesTheConnectionAndGivesItsBytesBack() throws Exception {
        try (SimulatedAgent agent = home.connect(home.token(), SimulatedAgent.newUid(), "big")) {
            byte[] piece = new byte[1 << 20];
            try {
                for (int i = 0; i < 66; i++) {
                    agent.socket().sendBinary(ByteBuffer.wrap(piece), false).get(20, TimeUnit.SECONDS);
                }
            } catch (ExecutionException e) {
                // The server may have closed before the last piece was sent.
            }
            assertThat(agent.closeCode()).isEqualTo(1009);
        }
        awaitWholeBudget();
    }

    private void awaitWholeBudget() throws InterruptedException {
        long whole = Runtime.getRuntime().maxMemory() / 4;
        for (int i = 0; i < 200 && budget.free() != whole; i++) {
            Thread.sleep(50);
        }
        assertThat(budget.free()).isEqualTo(whole);
    }

    @Test
    void whenTheBudgetIsSpentAgentsAreToldWhenToComeBack() throws Exception {
        long taken = budget.free() - 1000;
        assertThat(budget.tryAcquire(taken)).isTrue();
        try (SimulatedAgent agent = home.connect(home.token(), SimulatedAgent.newUid(), "late")) {
            agent.socket().sendBinary(ByteBuffer.wrap(new byte[4096]), false).get(10, TimeUnit.SECONDS);
            ServerToAgent answer = agent.receive();
            assertThat(answer.getErrorResponse().getType())
                    .isEqualTo(ServerErrorResponseType.ServerErrorResponseType_Unavailable);
            assertThat(answer.getErrorResponse().getRetryInfo().getRetryAfterNanoseconds())
                    .isEqualTo(30_000_000_000L);
            assertThat(agent.closeCode()).isEqualTo(1013);
        } finally {
            budget.release(taken);
        }
    }

    @Test
    void aSecondProcessWithTheSameCredentialBecomesAnAgentOfItsOwn() throws Exception {
        try (SimulatedAgent original = home.enrolled("gw-1", "gateway");
                SimulatedAgent copy = home.connect(original.credential(), original.uid(), "gw-1-copy")) {
            copy.send(copy.fullState("gateway"));
            ServerToAgent answer = copy.receive();
            InstanceUid assigned =
                    InstanceUid.of(answer.getAgentIdentification().getNewInstanceUid());
            assertThat(assigned).isNotEqualTo(original.uid());
            String credential = FleetFixture.credential(answer);
            assertThat(credential).isNotEqualTo(original.credential());
            try (SimulatedAgent twin = home.connect(credential, assigned, "gw-1-copy")) {
                twin.send(twin.fullState("gateway"));
                assertThat(twin.receive().getCapabilities()).isEqualTo(0x27);
                assertThat(home.agent("gw-1-copy").connected()).isTrue();
                assertThat(home.agent("gw-1").connected()).isTrue();
                assertThat(home.agent("gw-1").id())
                        .isNotEqualTo(home.agent("gw-1-copy").id());
            }
        }
    }

    @Test
    void anAgentThatReturnsReplacesItsDeadConnection() throws Exception {
        SimulatedAgent first = home.enrolled("gw-1", "gateway");
        first.abort();
        try (SimulatedAgent again = home.connect(first.credential(), first.uid(), "gw-1")) {
            again.send(again.fullState("gateway"));
            assertThat(again.receive().hasAgentIdentification()).isFalse();
            assertThat(home.agent("gw-1").connected()).isTrue();
            assertThat(home.in(() -> fleet.agents().inCluster(home.cluster().id())))
                    .hasSize(1);
        }
    }

    @Test
    void aStockCollectorStaysOnItsTokenAndGetsNoSignature() throws Exception {
        long capabilities = 0x1 | 0x2 | 0x4 | 0x800 | 0x1000;
        String token = home.token();
        InstanceUid uid = SimulatedAgent.newUid();
        for (int round = 0; round < 2; round++) {
            try (SimulatedAgent agent = home.connect(token, uid, "stock")) {
                agent.send(agent.fullState("gateway")
                        .setCapabilities(capabilities)
                        .setAgentDescription(AgentDescription.newBuilder()
                                .addIdentifyingAttributes(
                                        WireAgent.attribute(AgentAttributes.SERVICE_NAME, "otelcol-contrib"))
                                .addNonIdentifyingAttributes(WireAgent.attribute(AgentAttributes.ROLE, "gateway"))
                                .addNonIdentifyingAttributes(WireAgent.attribute(AgentAttributes.HOST_NAME, "stock"))));
                ServerToAgent greeting = agent.receive();
                assertThat(greeting.hasConnectionSettings()).isFalse();
                ServerToAgent offer = agent.receive(ServerToAgent::hasRemoteConfig);
                assertThat(offer.getRemoteConfig().getConfig().getConfigMapMap())
                        .containsOnlyKeys("");
                assertThat(home.agent("stock").own()).isFalse();
            }
            home.await("stock", found -> !found.connected());
        }
        try (SimulatedAgent other = home.connect(token, SimulatedAgent.newUid(), "other")) {
            other.send(other.fullState("gateway"));
            assertThat(other.receive().getErrorResponse().getErrorMessage()).contains("was used up (1 of 1)");
            assertThat(other.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void anAgentThatTakesNoConfigIsOfferedNone() throws Exception {
        try (SimulatedAgent agent = home.connect(home.token(), SimulatedAgent.newUid(), "reporter")) {
            agent.send(agent.fullState("gateway")
                    .setCapabilities(AgentCapabilities.AgentCapabilities_ReportsStatus_VALUE
                            | AgentCapabilities.AgentCapabilities_ReportsHealth_VALUE));
            assertThat(agent.receive().hasRemoteConfig()).isFalse();
            assertThat(agent.hearsNothing(Duration.ofMillis(300))).isTrue();
            Agent found = home.agent("reporter");
            assertThat(found.config().status()).isEqualTo(ConfigStatus.NONE);
            assertThat(found.config().reason()).isEqualTo("Does not accept remote configuration");
            assertThat(found.health().status()).isEqualTo(HealthStatus.HEALTHY);
        }
    }

    @Test
    void customMessagesOfOthersAndBrokenReportsAreIgnored() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            agent.receive(ServerToAgent::hasRemoteConfig);
            agent.send(agent.message()
                    .setCustomMessage(CustomMessage.newBuilder()
                            .setCapability("org.example")
                            .setType("x")));
            agent.send(agent.message()
                    .setCustomMessage(CustomMessage.newBuilder()
                            .setCapability("io.lightvessel.flow")
                            .setType("report")
                            .setData(ByteString.copyFrom(new byte[] {(byte) 0xff}))));
            agent.send(Reports.traces(0, 5, 10));
            home.await("gw-1", found -> found.firstDataAt() != null);
        }
    }

    @Test
    void aCharacterNoDatabaseStoresIsLeftOut() throws Exception {
        try (SimulatedAgent agent = home.connect(home.token(), SimulatedAgent.newUid(), "nul\0name")) {
            agent.send(agent.fullState("gateway"));
            assertThat(agent.receive().hasConnectionSettings()).isTrue();
            assertThat(home.agent("nulname").health().status()).isEqualTo(HealthStatus.WAITING);
        }
    }

    @Test
    void writesFromManyThreadsDoNotCollide() throws Exception {
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            agent.receive(ServerToAgent::hasRemoteConfig);
            for (int i = 0; i < 5; i++) {
                home.save("round-" + i);
                // A gap each time, so that answers and pushes go out side by side.
                agent.message();
                agent.send(agent.message());
            }
            ServerToAgent last = agent.receive(ServerToAgent::hasRemoteConfig);
            while (!last.getRemoteConfig()
                    .getConfig()
                    .getConfigMapOrThrow("")
                    .getBody()
                    .toStringUtf8()
                    .contains("round-4")) {
                last = agent.receive(ServerToAgent::hasRemoteConfig);
            }
        }
    }
}

package io.lightvessel.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.lightvessel.agent.state.ConfigStore;
import io.lightvessel.agent.state.ConnectionStore;
import io.lightvessel.agent.state.IdentityStore;
import io.lightvessel.agent.state.StateDirectory;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.Capabilities;
import io.lightvessel.wire.Digests;
import io.lightvessel.wire.FlowMessages;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.ProfileMessages;
import io.lightvessel.wire.RemoteConfigEntries;
import io.lightvessel.wire.SignedConfig;
import io.lightvessel.wire.SigningKeys;
import io.lightvessel.wire.TargetMessages;
import io.lightvessel.wire.Token;
import io.lightvessel.wire.TrustSettings;
import io.lightvessel.wire.opamp.AgentCapabilities;
import io.lightvessel.wire.opamp.AgentConfigMap;
import io.lightvessel.wire.opamp.AgentConfigObject;
import io.lightvessel.wire.opamp.AgentIdentification;
import io.lightvessel.wire.opamp.AgentRemoteConfig;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.ConnectionSettingsOffers;
import io.lightvessel.wire.opamp.ConnectionSettingsStatuses;
import io.lightvessel.wire.opamp.CustomCapabilities;
import io.lightvessel.wire.opamp.CustomMessage;
import io.lightvessel.wire.opamp.Header;
import io.lightvessel.wire.opamp.Headers;
import io.lightvessel.wire.opamp.OpAMPConnectionSettings;
import io.lightvessel.wire.opamp.RemoteConfigStatus;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import io.lightvessel.wire.opamp.RetryInfo;
import io.lightvessel.wire.opamp.ServerErrorResponse;
import io.lightvessel.wire.opamp.ServerErrorResponseType;
import io.lightvessel.wire.opamp.ServerToAgent;
import io.lightvessel.wire.opamp.ServerToAgentFlags;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import io.lightvessel.wire.profiles.ProfilesQuery;
import io.lightvessel.wire.targets.TargetsAnswer;
import io.lightvessel.wire.targets.TargetsQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlLinkIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration NEVER = Duration.ofDays(1);

    private final Token token = Token.mint(Token.Kind.ENROLLMENT, RANDOM);
    private final Token credential = Token.mint(Token.Kind.AGENT_CREDENTIAL, RANDOM);
    private final KeyPair key = SigningKeys.generate();
    private final OpampPeer server = new OpampPeer();
    private final RecordingEngine engine = new RecordingEngine();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @TempDir
    Path directory;

    private long offeredHeartbeat = 30;
    private LinkTiming timing = timing(NEVER, NEVER);

    @BeforeEach
    void enrolOnFirstUse() {
        server.admission = authorization ->
                authorization.equals("Bearer " + token.text()) || authorization.equals("Bearer " + credential.text())
                        ? null
                        : problem("credential_unknown", "Nobody knows this credential.");
        server.answers =
                message -> server.authorizations.getLast().endsWith(token.text()) && message.hasAgentDescription()
                        ? offer(credential, "h1")
                        : null;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : toClose.reversed()) {
            closeable.close();
        }
        server.close();
    }

    @Test
    void aTokenIsExchangedForACredential() throws Exception {
        start(token);
        AgentToServer first = server.received.take();
        assertThat(first.hasAgentDescription()).isTrue();
        assertThat(first.getHealth().getHealthy()).isTrue();
        assertThat(first.getCustomCapabilities().getCapabilitiesList())
                .containsExactly("io.lightvessel.flow", "io.lightvessel.targets", "io.lightvessel.profiles");
        assertThat(Capabilities.has(first.getCapabilities(), AgentCapabilities.AgentCapabilities_ReportsStatus))
                .isTrue();
        assertThat(Capabilities.has(first.getCapabilities(), AgentCapabilities.AgentCapabilities_AcceptsRestartCommand))
                .isFalse();

        AgentToServer status = server.await(AgentToServer::hasConnectionSettingsStatus);
        assertThat(status.getConnectionSettingsStatus().getStatus())
                .isEqualTo(ConnectionSettingsStatuses.ConnectionSettingsStatuses_APPLIED);
        server.await(AgentToServer::hasAgentDescription);
        assertThat(server.authorizations).containsExactly("Bearer " + token.text(), "Bearer " + credential.text());
        Path kept = directory.resolve("connection.properties");
        await(() -> Files.exists(kept));
        assertThat(kept).content().contains(credential.text());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(directory.resolve("connection.candidate.properties")).doesNotExist();
    }

    @Test
    void aQuestionAboutTargetsIsAnsweredAndNonsenseIsNot() throws Exception {
        enrol();
        start(null);
        server.await(AgentToServer::hasAgentDescription);
        server.send(ServerToAgent.newBuilder()
                .setCustomMessage(CustomMessage.newBuilder()
                        .setCapability(TargetMessages.CAPABILITY)
                        .setType("query")
                        .setData(ByteString.copyFromUtf8("nonsense")))
                .build());
        server.send(ServerToAgent.newBuilder()
                .setCustomMessage(TargetMessages.wrap(TargetsQuery.newBuilder()
                        .setQueryId("q1")
                        .setJob("node")
                        .build()))
                .build());
        AgentToServer answer = server.await(AgentToServer::hasCustomMessage);
        assertThat(TargetMessages.answer(answer.getCustomMessage()))
                .contains(TargetsAnswer.newBuilder()
                        .setQueryId("q1")
                        .addProblems("asked for node")
                        .build());
    }

    @Test
    void aQuestionAboutProfilesIsAnswered() throws Exception {
        enrol();
        start(null);
        server.await(AgentToServer::hasAgentDescription);
        server.send(ServerToAgent.newBuilder()
                .setCustomMessage(ProfileMessages.wrap(ProfilesQuery.newBuilder()
                        .setQueryId("q2")
                        .setService("shop")
                        .build()))
                .build());
        AgentToServer answer = server.await(AgentToServer::hasCustomMessage);
        assertThat(ProfileMessages.answer(answer.getCustomMessage()))
                .contains(ProfilesAnswer.newBuilder()
                        .setQueryId("q2")
                        .addProblems("asked for shop")
                        .build());
    }

    @Test
    void anEnrolledAgentNeedsNoToken() throws Exception {
        enrol();
        start(null);
        server.await(AgentToServer::hasAgentDescription);
        assertThat(server.authorizations.getLast()).isEqualTo("Bearer " + credential.text());
    }

    @Test
    void withoutTokenAndCredentialThereIsNothingToConnectWith() {
        assertThatThrownBy(() -> start(null))
                .hasMessage("this agent is not enrolled yet and has no enrolment token"
                        + " (expected: --token, --token-file or LIGHTVESSEL_ENROLLMENT_TOKEN)");
    }

    @Test
    void aRefusedTokenIsSaidWithTheServersReasonAndNotTriedAgainAtOnce() throws Exception {
        server.admission = authorization ->
                problem("enrollment_token_used_up", "Token lve_7q was used up (1 of 1). Create a new token.");
        ControlLink link = start(token);
        await(() -> link.problem().orElse("").contains("used up"));
        assertThat(link.problem())
                .contains("the control plane refused " + token
                        + ": Token lve_7q was used up (1 of 1). Create a new token. [enrollment_token_used_up]");
        assertThat(link.problem().orElseThrow()).doesNotContain(token.secret());
        assertThat(server.authorizations).hasSize(1);
    }

    @Test
    void anAgentExpelledInMidConnectionDoesNotHammerTheServer() throws Exception {
        server.answers = message -> ServerToAgent.newBuilder()
                .setErrorResponse(ServerErrorResponse.newBuilder()
                        .setType(ServerErrorResponseType.ServerErrorResponseType_BadRequest)
                        .setErrorMessage("The token was used up."))
                .build();
        ControlLink link = start(token);
        server.await(AgentToServer::hasAgentDescription);
        server.closeConnection(1008, "enrollment_token_used_up");
        await(() -> link.problem().orElse("").contains("used up"));
        assertThat(link.problem())
                .contains("the control plane refused " + token + ": The token was used up. [enrollment_token_used_up]");
        assertThat(server.authorizations).hasSize(1);
    }

    @Test
    void aRevokedCredentialIsReplacedWithANewTokenOnly() throws Exception {
        enrol();
        Token fresh = Token.mint(Token.Kind.ENROLLMENT, RANDOM);
        Token second = Token.mint(Token.Kind.AGENT_CREDENTIAL, RANDOM);
        server.admission =
                authorization -> authorization.endsWith(credential.text()) || authorization.endsWith(token.text())
                        ? problem("credential_revoked", "The credential was revoked.")
                        : null;
        ControlLink withOldToken = start(token);
        await(() -> withOldToken.problem().orElse("").contains("revoked"));
        assertThat(server.authorizations.getLast()).as("the token it came from").endsWith(credential.text());
        stopAll();

        server.answers = message -> server.authorizations.getLast().endsWith(fresh.text()) ? offer(second, "h2") : null;
        start(fresh);
        await(() -> server.authorizations.getLast().endsWith(second.text()));
    }

    @Test
    void anOfferThatDoesNotWorkIsGivenUpAndReported() throws Exception {
        enrol();
        start(null);
        server.await(AgentToServer::hasAgentDescription);
        server.send(offer(Token.mint(Token.Kind.AGENT_CREDENTIAL, RANDOM), "bb"));
        AgentToServer failed = server.await(m -> m.getConnectionSettingsStatus().getStatus()
                == ConnectionSettingsStatuses.ConnectionSettingsStatuses_FAILED);
        assertThat(failed.getConnectionSettingsStatus().getErrorMessage())
                .isEqualTo("Nobody knows this credential. [credential_unknown]");
        assertThat(server.authorizations.getLast()).isEqualTo("Bearer " + credential.text());
        assertThat(directory.resolve("connection.properties")).content().contains(credential.text());
    }

    @Test
    void aCredentialThatCannotBeStoredIsReportedAsFailed() throws Exception {
        // Stands in the way of the file as a full disk would.
        Files.createDirectories(directory.resolve("connection.candidate.properties.new/x"));
        start(token);
        AgentToServer failed = server.await(AgentToServer::hasConnectionSettingsStatus);
        assertThat(failed.getConnectionSettingsStatus().getStatus())
                .isEqualTo(ConnectionSettingsStatuses.ConnectionSettingsStatuses_FAILED);
        assertThat(failed.getConnectionSettingsStatus().getErrorMessage())
                .startsWith(
                        "state file " + directory.resolve("connection.candidate.properties") + " cannot be written");
        assertThat(server.authorizations).hasSize(1);
    }

    @Test
    void aConfigThatCannotBeStoredIsNotApplied() throws Exception {
        enrolAndConnect();
        Files.createDirectories(directory.resolve("config.candidate.yaml.new/x"));
        server.send(config("good", 3));
        assertThat(failure()).startsWith("state file ").contains("cannot be written");
        assertThat(engine.applied).isEmpty();
    }

    @Test
    void aConfigIsAppliedReportedAndKept() throws Exception {
        enrolAndConnect();
        server.send(config("good", 3));
        assertThat(status(RemoteConfigStatuses.RemoteConfigStatuses_APPLYING).getLastRemoteConfigHash())
                .isEqualTo(hash("good"));
        // The config in force may be told with the verdict or just before it.
        List<String> inForce = new ArrayList<>();
        AgentToServer applied = server.await(message -> {
            if (message.hasEffectiveConfig()) {
                inForce.add(message.getEffectiveConfig()
                        .getConfigMap()
                        .getConfigMapOrThrow("")
                        .getBody()
                        .toStringUtf8());
            }
            return message.getRemoteConfigStatus().getStatus() == RemoteConfigStatuses.RemoteConfigStatuses_APPLIED;
        });
        assertThat(applied.getRemoteConfigStatus().getLastRemoteConfigHash()).isEqualTo(hash("good"));
        assertThat(inForce).containsExactly("good");
        assertThat(directory.resolve("config.yaml"))
                .content()
                .endsWith("\ngood")
                .contains("\"revision\":3");
        // The flow report that follows every apply.
        server.await(AgentToServer::hasCustomMessage);
    }

    @Test
    void aConfigThatFailsLeavesTheLastGoodOne() throws Exception {
        enrolAndConnect();
        server.send(config("good", 3));
        awaitStatus(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED);
        server.send(config("bad", 4));
        AgentToServer failed = awaitStatus(RemoteConfigStatuses.RemoteConfigStatuses_FAILED);
        assertThat(failed.getRemoteConfigStatus().getErrorMessage())
                .isEqualTo("receivers::otlp: 0.0.0.0:4317 is taken");
        assertThat(failed.getRemoteConfigStatus().getLastRemoteConfigHash()).isEqualTo(hash("bad"));
        assertThat(directory.resolve("config.yaml")).content().endsWith("\ngood");
        server.send(config("better", 5));
        awaitStatus(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED);
        assertThat(engine.applied).containsExactly("good", "bad", "better");
    }

    @Test
    void forgedUnsignedForeignAndOldConfigsNeverReachTheEngine() throws Exception {
        enrolAndConnect();
        server.send(config("good", 3));
        awaitStatus(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED);

        server.send(config("other", signed(SigningKeys.generate(), "prod", AgentRole.GATEWAY, 4, "other")));
        assertThat(failure()).startsWith("config refused: signed with key ");
        server.send(config("altered", signed(key, "prod", AgentRole.GATEWAY, 4, "other")));
        assertThat(failure()).startsWith("config refused: its SHA-256 is ");
        server.send(config("other", signed(key, "dev", AgentRole.GATEWAY, 4, "other")));
        assertThat(failure()).isEqualTo("config refused: signed for cluster dev (expected: prod)");
        server.send(config("other", signed(key, "prod", AgentRole.COLLECTOR, 4, "other")));
        assertThat(failure()).isEqualTo("config refused: signed for role collector (expected: gateway)");
        server.send(config("other", 2));
        assertThat(failure()).isEqualTo("config refused: revision 2 (expected: 3 or later, which was applied before)");
        server.send(remoteConfig("other", null));
        assertThat(failure()).startsWith("config refused: it is not signed");
        server.send(remoteConfig("other", "{"));
        assertThat(failure()).startsWith("config refused: signed config: malformed JSON");
        server.send(ServerToAgent.newBuilder()
                .setRemoteConfig(AgentRemoteConfig.newBuilder().setConfigHash(hash("x")))
                .build());
        assertThat(failure()).startsWith("config refused: no entry \"\"");
        assertThat(engine.applied).containsExactly("good");
    }

    @Test
    void onlyTheNewestOfSeveralConfigsIsAppliedAfterOneUnderWay() throws Exception {
        enrolAndConnect();
        engine.gate = new CountDownLatch(1);
        server.send(config("first", 3));
        await(() -> engine.applied.size() == 1);
        server.send(config("second", 4));
        server.send(config("third", 5));
        awaitHash("third");
        engine.gate.countDown();
        AgentToServer applied = awaitStatus(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED);
        assertThat(applied.getRemoteConfigStatus().getLastRemoteConfigHash()).isEqualTo(hash("third"));
        assertThat(engine.applied).containsExactly("first", "third");
    }

    @Test
    void theSameTextUnderANewRevisionIsNotAppliedAgainButRemembered() throws Exception {
        enrolAndConnect();
        server.send(config("good", 3));
        awaitStatus(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED);
        server.send(config("good", 9));
        server.send(config("older", 8));
        assertThat(failure()).contains("revision 8 (expected: 9 or later");
        assertThat(engine.applied).containsExactly("good");
    }

    @Test
    void anAgentStartsFromDiskWhileTheControlPlaneIsAway() throws Exception {
        enrolAndConnect();
        server.send(config("good", 3));
        awaitStatus(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED);
        stopAll();
        server.vanish();

        RecordingEngine restarted = new RecordingEngine();
        ControlLink link = start(null, restarted, Clock.systemUTC());
        assertThat(restarted.applied).containsExactly("good");
        await(() -> link.problem().orElse("").contains("cannot reach the control plane"));
        assertThat(link.problem())
                .contains("cannot reach the control plane at " + server.uri() + ": connection refused");

        server.received.clear();
        server.listen();
        AgentToServer first = server.await(AgentToServer::hasAgentDescription);
        assertThat(first.getRemoteConfigStatus().getStatus())
                .isEqualTo(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED);
        assertThat(first.getRemoteConfigStatus().getLastRemoteConfigHash()).isEqualTo(hash("good"));
        await(() -> link.problem().isEmpty());
    }

    @Test
    void anExpiredConfigOnDiskStillRunsButATamperedOneDoesNot() throws Exception {
        enrolAndConnect();
        server.send(config("good", 3));
        awaitStatus(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED);
        stopAll();
        RecordingEngine late = new RecordingEngine();
        start(null, late, Clock.offset(Clock.systemUTC(), Duration.ofDays(400)));
        assertThat(late.applied).containsExactly("good");
        stopAll();

        Path file = directory.resolve("config.yaml");
        Files.writeString(file, Files.readString(file) + "evil");
        RecordingEngine tampered = new RecordingEngine();
        start(null, tampered, Clock.systemUTC());
        assertThat(tampered.applied).isEmpty();
        stopAll();

        Files.writeString(file, "rubbish");
        RecordingEngine damaged = new RecordingEngine();
        start(null, damaged, Clock.systemUTC());
        assertThat(damaged.applied).isEmpty();
        assertThat(directory.resolve("config.yaml.damaged")).hasContent("rubbish");
    }

    @Test
    void aLostConnectionIsMadeAgainWithFullState() throws Exception {
        ControlLink link = enrolAndConnect();
        for (int i = 0; i < 3; i++) {
            server.vanish();
            await(() -> link.problem().isPresent());
            server.listen();
            AgentToServer again = server.await(AgentToServer::hasAgentDescription);
            assertThat(again.hasHealth()).isTrue();
            assertThat(again.getCustomCapabilities().getCapabilitiesCount()).isEqualTo(3);
            await(() -> link.problem().isEmpty());
        }
    }

    @Test
    void numbersGoOnAcrossConnections() throws Exception {
        timing = timing(Duration.ofMillis(20), Duration.ofMillis(30));
        List<Long> numbers = new CopyOnWriteArrayList<>();
        enrol();
        server.answers = message -> {
            if (message.getSequenceNum() == 0) {
                // What came before is the goodbye of the agent that enrolled.
                numbers.clear();
            }
            numbers.add(message.getSequenceNum());
            return null;
        };
        start(null);
        server.await(AgentToServer::hasCustomMessage);
        server.closeConnection(1001, "going away");
        server.await(AgentToServer::hasAgentDescription);
        server.await(AgentToServer::hasCustomMessage);
        stopAll();
        server.await(AgentToServer::hasAgentDisconnect);
        // One sent into the closing connection may be missing; the server asks for full state then.
        assertThat(numbers).hasSizeGreaterThan(4).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.getFirst()).isZero();
    }

    @Test
    void heartbeatsComeAtTheIntervalTheServerOffered() throws Exception {
        offeredHeartbeat = 1;
        enrolAndConnect();
        AgentToServer heartbeat = server.received.take();
        assertThat(heartbeat.toBuilder()
                        .clearInstanceUid()
                        .clearSequenceNum()
                        .clearCapabilities()
                        .build())
                .isEqualTo(AgentToServer.getDefaultInstance());
    }

    @Test
    void healthIsReportedWhenItChanges() throws Exception {
        enrolAndConnect();
        engine.health = engine.health.toBuilder()
                .setHealthy(false)
                .setLastError("backend away")
                .build();
        AgentToServer changed = server.await(AgentToServer::hasHealth);
        assertThat(changed.getHealth().getLastError()).isEqualTo("backend away");
        assertThat(changed.hasAgentDescription())
                .as("what did not change is left out")
                .isFalse();
    }

    @Test
    void theServerCanAskForEverythingAgainAndGiveAnotherUid() throws Exception {
        enrolAndConnect();
        InstanceUid uid = InstanceUid.mint(Clock.systemUTC(), RANDOM);
        server.send(ServerToAgent.newBuilder()
                .setFlags(ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE)
                .setAgentIdentification(AgentIdentification.newBuilder().setNewInstanceUid(uid.toBytes()))
                .build());
        AgentToServer full = server.await(AgentToServer::hasAgentDescription);
        assertThat(InstanceUid.of(full.getInstanceUid())).isEqualTo(uid);
        assertThat(directory.resolve("instance-uid")).hasContent(uid.toString());
    }

    @Test
    void theServerCanAskForTheComponents() throws Exception {
        enrol();
        start(null);
        AgentToServer first = server.await(AgentToServer::hasAgentDescription);
        assertThat(first.getAvailableComponents().getHash().toStringUtf8()).isEqualTo("c1");
        assertThat(first.getAvailableComponents().getComponentsCount()).isZero();
        server.send(ServerToAgent.newBuilder()
                .setFlags(ServerToAgentFlags.ServerToAgentFlags_ReportAvailableComponents_VALUE)
                .build());
        assertThat(server.await(AgentToServer::hasAvailableComponents)
                        .getAvailableComponents()
                        .getComponentsMap())
                .containsOnlyKeys("receivers");
    }

    @Test
    void whatCouldNotStartForWantOfAPortIsTriedAgain() throws Exception {
        enrolAndConnect();
        server.send(config("part", 3));
        assertThat(failure()).isEqualTo("pipeline logs does not run");
        assertThat(directory.resolve("config.yaml"))
                .as("it is what runs")
                .content()
                .endsWith("\npart");
        await(() -> engine.applied.size() > 2);
        engine.portFree = true;
        awaitStatus(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED);
        int tries = engine.applied.size();
        server.send(config("good", 4));
        awaitStatus(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED);
        assertThat(engine.applied.subList(tries, engine.applied.size())).containsExactly("good");
    }

    @Test
    void aServerThatAsksToWaitIsLeftAlone() throws Exception {
        ControlLink link = enrolAndConnect();
        int before = server.authorizations.size();
        server.send(ServerToAgent.newBuilder()
                .setErrorResponse(ServerErrorResponse.newBuilder()
                        .setType(ServerErrorResponseType.ServerErrorResponseType_Unavailable)
                        .setErrorMessage("too many agents")
                        .setRetryInfo(RetryInfo.newBuilder()
                                .setRetryAfterNanoseconds(Duration.ofMinutes(10).toNanos())))
                .build());
        await(() -> link.problem().equals(Optional.of("the control plane asks to wait: too many agents")));
        assertThat(server.authorizations).hasSize(before);
    }

    @Test
    void retryAfterOfARefusedHandshakeIsHonoured() throws Exception {
        enrol();
        server.admission = a -> new OpampPeer.Refusal(503, "text/plain", "no", Map.of("Retry-After", "600"));
        ControlLink link = start(null);
        await(() -> link.problem().orElse("").contains("HTTP 503"));
        assertThat(server.authorizations.size()).isEqualTo(3);
    }

    @Test
    void malformedAndForeignFramesEndTheConnectionNotTheAgent() throws Exception {
        enrolAndConnect();
        server.sendRaw(new byte[] {7, 7, 7});
        server.await(AgentToServer::hasAgentDescription);
        server.sendText("hello");
        server.await(AgentToServer::hasAgentDescription);
        server.sendRaw(new byte[0]);
        server.await(AgentToServer::hasAgentDescription);
    }

    @Test
    void flowIsNotSentToAServerThatDoesNotWantIt() throws Exception {
        timing = timing(Duration.ofMillis(20), Duration.ofMillis(50));
        enrol();
        server.answers = message -> ServerToAgent.newBuilder()
                .setCustomCapabilities(CustomCapabilities.newBuilder().addCapabilities("other"))
                .build();
        start(null);
        server.await(AgentToServer::hasAgentDescription);
        // The first ones may have crossed the server's announcement on the way.
        engine.health = engine.health.toBuilder().setLastError("a").build();
        server.await(m -> m.getHealth().getLastError().equals("a"));
        engine.health = engine.health.toBuilder().setLastError("b").build();
        server.await(m -> m.getHealth().getLastError().equals("b"));
        // Long enough for ten reports, if there were any.
        Thread.sleep(200);
        assertThat(server.received).noneMatch(AgentToServer::hasCustomMessage);
    }

    @Test
    void theLastMessagesAreTheFlowAndAGoodbye() throws Exception {
        enrolAndConnect();
        server.received.clear();
        stopAll();
        AgentToServer flow = server.await(AgentToServer::hasCustomMessage);
        assertThat(FlowMessages.unwrap(flow.getCustomMessage()).orElseThrow().getStartTimeUnixNano())
                .isEqualTo(42);
        assertThat(server.received.take().hasAgentDisconnect()).isTrue();
    }

    @Test
    void aSecondAgentOnTheSameDirectoryIsRefused() {
        try (StateDirectory first = StateDirectory.open(directory)) {
            assertThatThrownBy(() -> StateDirectory.open(first.path()))
                    .hasMessage("state directory " + directory + " is in use by another agent (process "
                            + ProcessHandle.current().pid() + "). Give each agent its own --state directory.");
        }
        StateDirectory.open(directory).close();
    }

    private ControlLink enrolAndConnect() throws Exception {
        enrol();
        ControlLink link = start(null);
        server.await(AgentToServer::hasAgentDescription);
        await(() -> link.problem().isEmpty());
        return link;
    }

    private void enrol() throws Exception {
        start(token);
        server.await(AgentToServer::hasConnectionSettingsStatus);
        server.await(AgentToServer::hasAgentDescription);
        stopAll();
        server.await(AgentToServer::hasAgentDisconnect);
        server.received.clear();
    }

    private void stopAll() throws Exception {
        for (AutoCloseable closeable : toClose.reversed()) {
            closeable.close();
        }
        toClose.clear();
    }

    private ControlLink start(Token enrolmentToken) {
        return start(enrolmentToken, engine, Clock.systemUTC());
    }

    private ControlLink start(Token enrolmentToken, RecordingEngine managed, Clock clock) {
        StateDirectory state = StateDirectory.open(directory);
        toClose.add(state);
        IdentityStore identities = new IdentityStore(state);
        ConnectionStore connections = new ConnectionStore(state);
        RemoteConfigs configs = new RemoteConfigs(
                new ConfigStore(state), connections, AgentRole.GATEWAY, managed, clock, Duration.ofMillis(10));
        ControlLink link = new ControlLink(
                server.uri(),
                enrolmentToken,
                connections,
                identities,
                identities.loadOrCreate(() -> InstanceUid.mint(clock, RANDOM)),
                configs,
                managed,
                timing,
                clock,
                new Random(1));
        configs.startFromDisk();
        link.start();
        toClose.add(link);
        return link;
    }

    private ServerToAgent offer(Token offered, String hash) {
        return ServerToAgent.newBuilder()
                .setConnectionSettings(ConnectionSettingsOffers.newBuilder()
                        .setHash(ByteString.copyFromUtf8(hash))
                        .setOpamp(OpAMPConnectionSettings.newBuilder()
                                .setHeaders(Headers.newBuilder()
                                        .addHeaders(Header.newBuilder()
                                                .setKey("Authorization")
                                                .setValue("Bearer " + offered.text())))
                                .setHeartbeatIntervalSeconds(offeredHeartbeat))
                        .putOtherConnections(
                                TrustSettings.CONNECTION_NAME,
                                TrustSettings.of(key.getPublic(), "acme", "prod", "a1")
                                        .toWire()))
                .build();
    }

    private ServerToAgent config(String yaml, long revision) {
        return config(yaml, signed(key, "prod", AgentRole.GATEWAY, revision, yaml));
    }

    private static SignedConfig signed(KeyPair by, String cluster, AgentRole role, long revision, String yaml) {
        Instant notAfter = Instant.now().plus(Duration.ofDays(30));
        return SignedConfig.sign(by, "acme", cluster, role, revision, notAfter, yaml.getBytes(UTF_8));
    }

    private static ServerToAgent config(String yaml, SignedConfig signature) {
        return remoteConfig(yaml, new String(signature.toJson(), UTF_8));
    }

    private static ServerToAgent remoteConfig(String yaml, String signature) {
        AgentConfigMap.Builder map = AgentConfigMap.newBuilder()
                .putConfigMap(
                        RemoteConfigEntries.YAML,
                        AgentConfigObject.newBuilder()
                                .setBody(ByteString.copyFromUtf8(yaml))
                                .build());
        if (signature != null) {
            map.putConfigMap(
                    RemoteConfigEntries.SIGNATURE,
                    AgentConfigObject.newBuilder()
                            .setBody(ByteString.copyFromUtf8(signature))
                            .build());
        }
        return ServerToAgent.newBuilder()
                .setRemoteConfig(AgentRemoteConfig.newBuilder().setConfig(map).setConfigHash(hash(yaml)))
                .build();
    }

    private static ByteString hash(String yaml) {
        return ByteString.copyFrom(Digests.sha256(yaml.getBytes(UTF_8)));
    }

    private RemoteConfigStatus status(RemoteConfigStatuses wanted) throws Exception {
        return awaitStatus(wanted).getRemoteConfigStatus();
    }

    private AgentToServer awaitStatus(RemoteConfigStatuses wanted) throws Exception {
        return server.await(m -> m.getRemoteConfigStatus().getStatus() == wanted);
    }

    private void awaitHash(String yaml) throws Exception {
        server.await(m -> m.getRemoteConfigStatus().getLastRemoteConfigHash().equals(hash(yaml)));
    }

    private String failure() throws Exception {
        return status(RemoteConfigStatuses.RemoteConfigStatuses_FAILED).getErrorMessage();
    }

    private static OpampPeer.Refusal problem(String code, String detail) {
        return new OpampPeer.Refusal(
                401,
                "application/problem+json",
                "{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"" + detail + "\",\"code\":\"" + code + "\"}",
                Map.of());
    }

    private static LinkTiming timing(Duration flow, Duration heartbeat) {
        return new LinkTiming(
                heartbeat,
                flow,
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofSeconds(30),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                NEVER,
                Duration.ofMillis(1));
    }

    /** The class's time limit ends a wait in vain. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}

package io.lightvessel.fleet.opamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.ConfigStatus;
import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.testing.WireAgent;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.opamp.AgentDisconnect;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.AgentToServerFlags;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import io.lightvessel.wire.opamp.ServerToAgent;
import io.lightvessel.wire.opamp.ServerToAgentFlags;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** OpAMP over plain HTTP, as clients other than ours speak it too. */
@ControlPlaneTest
class OpampHttpIT {
    @Autowired
    private FleetFixture fleet;

    @LocalServerPort
    private int mainPort;

    private final HttpClient client = HttpClient.newHttpClient();
    private FleetFixture.Home home;

    @BeforeEach
    void newHome() {
        home = fleet.home();
    }

    private HttpRequest.Builder request(String bearer) {
        return HttpRequest.newBuilder(fleet.plainHttp())
                .header("Content-Type", "application/x-protobuf")
                .header("Authorization", "Bearer " + bearer);
    }

    private HttpResponse<byte[]> post(HttpRequest.Builder request, byte[] body) throws Exception {
        return client.send(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private ServerToAgent answer(String bearer, AgentToServer.Builder message) throws Exception {
        HttpResponse<byte[]> response = post(request(bearer), message.build().toByteArray());
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-protobuf");
        return ServerToAgent.parseFrom(response.body());
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String code, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        var problem = JsonMapper.shared().readTree(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("detail").asString()).isEqualTo(detail);
        assertThat(problem.path("title").asString()).isNotBlank();
    }

    @Test
    void anAgentEnrolsPollsAndSaysGoodbye() throws Exception {
        WireAgent agent = new WireAgent("poller");
        ServerToAgent offer = answer(home.token(), agent.fullState("gateway"));
        assertThat(offer.getCapabilities()).isEqualTo(0x27);
        String credential = FleetFixture.credential(offer);

        ServerToAgent config = answer(credential, agent.fullState("gateway"));
        assertThat(config.hasRemoteConfig()).isTrue();
        assertThat(config.getInstanceUid()).isEqualTo(agent.uid().toBytes());
        assertThat(home.agent("poller").connected()).isTrue();

        ServerToAgent quiet = answer(
                credential,
                agent.message()
                        .setRemoteConfigStatus(SimulatedAgent.status(
                                config.getRemoteConfig().getConfigHash(),
                                RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                                "")));
        assertThat(quiet.hasRemoteConfig()).isFalse();
        assertThat(quiet.getFlags()).isZero();
        assertThat(home.agent("poller").config().status()).isEqualTo(ConfigStatus.IN_SYNC);

        answer(credential, agent.message().setAgentDisconnect(AgentDisconnect.getDefaultInstance()));
        Agent gone = home.agent("poller");
        assertThat(gone.connected()).isFalse();
        assertThat(gone.health().status()).isEqualTo(HealthStatus.DOWN);
        assertThat(gone.health().reason()).isEqualTo("Was stopped: it said goodbye");
    }

    @Test
    void aChangedStackIsOfferedWithTheNextPoll() throws Exception {
        WireAgent agent = new WireAgent("poller");
        String credential = FleetFixture.credential(answer(home.token(), agent.fullState("gateway")));
        ServerToAgent first = answer(credential, agent.fullState("gateway"));
        home.save("two");
        home.await("poller", found -> Long.valueOf(2).equals(found.config().desiredRevision()));
        ServerToAgent second = answer(credential, agent.message());
        assertThat(second.getRemoteConfig().getConfigHash())
                .isNotEqualTo(first.getRemoteConfig().getConfigHash());
    }

    @Test
    void aGapInTheSequenceAsksForTheFullState() throws Exception {
        WireAgent agent = new WireAgent("gap");
        String credential = FleetFixture.credential(answer(home.token(), agent.fullState("gateway")));
        answer(credential, agent.fullState("gateway"));
        agent.message();
        ServerToAgent answer = answer(credential, agent.message());
        assertThat(answer.getFlags()).isEqualTo(ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE);
    }

    @Test
    void anAgentMayAskForAnInstanceUid() throws Exception {
        WireAgent agent = new WireAgent("asking");
        String credential = FleetFixture.credential(answer(home.token(), agent.fullState("gateway")));
        ServerToAgent answer = answer(
                credential,
                agent.fullState("gateway").setFlags(AgentToServerFlags.AgentToServerFlags_RequestInstanceUid_VALUE));
        InstanceUid assigned = InstanceUid.of(answer.getAgentIdentification().getNewInstanceUid());
        assertThat(assigned).isNotEqualTo(agent.uid());
        assertThat(assigned.value().version()).isEqualTo(7);
        assertThat(home.agent("asking").instanceUid()).isEqualTo(assigned);
    }

    @Test
    void unknownCapabilityBitsAreIgnored() throws Exception {
        WireAgent agent = new WireAgent("future");
        String credential = FleetFixture.credential(answer(home.token(), agent.fullState("gateway")));
        ServerToAgent answer =
                answer(credential, agent.fullState("gateway").setCapabilities(SimulatedAgent.CAPABILITIES | 1L << 60));
        assertThat(answer.hasRemoteConfig()).isTrue();
    }

    @Test
    void aGzippedRequestIsUnderstoodAndALargeAnswerPackedWhenAskedFor() throws Exception {
        WireAgent agent = new WireAgent("packed");
        String credential = FleetFixture.credential(answer(home.token(), agent.fullState("gateway")));
        HttpResponse<byte[]> response = post(
                request(credential).header("Content-Encoding", "gzip").header("Accept-Encoding", "gzip"),
                gzip(agent.fullState("gateway").build().toByteArray()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertThat(ServerToAgent.parseFrom(plain).hasRemoteConfig()).isTrue();
    }

    @Test
    void anotherEncodingOrTypeIsRefused() throws Exception {
        WireAgent agent = new WireAgent("odd");
        assertProblem(
                post(
                        request(home.token()).header("Content-Encoding", "zstd"),
                        agent.message().build().toByteArray()),
                415,
                "opamp_media_type",
                "content-encoding: zstd (expected: gzip, or none at all)");
        assertProblem(
                post(
                        HttpRequest.newBuilder(fleet.plainHttp())
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + home.token()),
                        new byte[0]),
                415,
                "opamp_media_type",
                "content-type: application/json (expected: application/x-protobuf)");
    }

    @Test
    void garbageIsRefused() throws Exception {
        String token = home.token();
        HttpResponse<byte[]> response = post(request(token), "not protobuf at all".getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(response.body()).path("code").asString())
                .isEqualTo("opamp_malformed");
        assertProblem(
                post(request(token).header("Content-Encoding", "gzip"), new byte[] {1, 2, 3, 4}),
                400,
                "opamp_malformed",
                "body: no gzip stream: Not in GZIP format");
        byte[] cut = gzip(new WireAgent("cut").fullState("gateway").build().toByteArray());
        assertProblem(
                post(request(token).header("Content-Encoding", "gzip"), Arrays.copyOf(cut, cut.length / 2)),
                400,
                "opamp_malformed",
                "body: ends early");
        assertProblem(
                post(
                        request(token),
                        AgentToServer.newBuilder().setSequenceNum(1).build().toByteArray()),
                400,
                "opamp_malformed",
                "instance_uid: 0 bytes (expected: 16, a UUID)");
    }

    @Test
    void aMessageOverTheLimitIsRefusedBeforeItIsRead() throws Exception {
        byte[] head = ("POST /v1/opamp HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\n"
                        + "Authorization: Bearer " + home.token() + "\r\nContent-Length: 67108865\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(raw(head)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aMessageOverTheLimitUnpackedIsRefusedWhileItIsUnpacked() throws Exception {
        assertProblem(
                post(request(home.token()).header("Content-Encoding", "gzip"), bomb(65 << 20)),
                413,
                "opamp_too_large",
                "message: more than 67108864 bytes unpacked (expected: at most 67108864)");
    }

    @Test
    void withoutCredentialsNobodySpeaks() throws Exception {
        HttpResponse<byte[]> response = post(
                HttpRequest.newBuilder(fleet.plainHttp()).header("Content-Type", "application/x-protobuf"),
                new byte[0]);
        assertProblem(
                response,
                401,
                "credential_unknown",
                "Authorization: none (expected: Bearer and an enrolment token or an agent's credential).");
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertProblem(
                post(request(home.tenant().token()), new byte[0]),
                401,
                "credential_unknown",
                "An API token was shown, which opens nothing to agents. Create an enrolment token and use that.");
        assertProblem(
                post(request("lva_abcdefghij_" + "A".repeat(43)), new byte[0]),
                401,
                "credential_unknown",
                "Credential lva_abcdefghij is not known here: the agent was deleted, or belongs to another control plane."
                        + " Enrol it with a new token.");
    }

    @Test
    void otherMethodsAndAMalformedUidHeaderAreRefused() throws Exception {
        HttpResponse<byte[]> got =
                client.send(HttpRequest.newBuilder(fleet.plainHttp()).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertProblem(got, 405, "opamp_method", "method: GET (expected: POST, or GET that upgrades to a WebSocket)");
        assertProblem(
                post(request(home.token()).header("OpAMP-Instance-UID", "seven"), new byte[0]),
                400,
                "opamp_malformed",
                "OpAMP-Instance-UID: no UUID (expected: 8-4-4-4-12 hexadecimal digits)");
    }

    @Test
    void theAgentsPortServesNothingElse() throws Exception {
        for (String path : new String[] {"/", "/api/v1/tenants/x/agents", "/actuator/health", "/v1/opamp/x"}) {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(fleet.plainHttp().resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertProblem(response, 404, "not_found", path + " is not served on this port (expected: /v1/opamp)");
        }
    }

    @Test
    void theMainPortServesOpampToo() throws Exception {
        HttpResponse<byte[]> response = post(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + mainPort + "/v1/opamp"))
                        .header("Content-Type", "application/x-protobuf")
                        .header("Authorization", "Bearer " + home.token()),
                new WireAgent("main").fullState("gateway").build().toByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(ServerToAgent.parseFrom(response.body()).hasConnectionSettings())
                .isTrue();
    }

    @Test
    void anOwnerlessInstanceUidIsNotTakenFromAnotherAgent() throws Exception {
        WireAgent one = new WireAgent("one");
        String first = FleetFixture.credential(answer(home.token(), one.fullState("gateway")));
        answer(first, one.fullState("gateway"));
        WireAgent two = new WireAgent("two");
        String second = FleetFixture.credential(answer(home.token(), two.fullState("gateway")));
        ServerToAgent answer = answer(second, new WireAgent("two", one.uid()).fullState("gateway"));
        InstanceUid assigned = InstanceUid.of(answer.getAgentIdentification().getNewInstanceUid());
        assertThat(assigned.value()).isNotIn(one.uid().value(), (UUID) null);
        assertThat(home.agent("one").instanceUid()).isEqualTo(one.uid());
        assertThat(home.agent("two").instanceUid()).isEqualTo(assigned);
    }

    private String raw(byte[] request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", fleet.plainHttp().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(40), StandardCharsets.US_ASCII);
        }
    }

    private static byte[] gzip(byte[] plain) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private static byte[] bomb(int size) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] piece = new byte[1 << 20];
            for (int left = size; left > 0; left -= piece.length) {
                gzip.write(piece);
            }
        }
        return packed.toByteArray();
    }
}

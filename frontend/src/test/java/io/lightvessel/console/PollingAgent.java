package io.lightvessel.console;

import com.google.protobuf.ByteString;
import io.lightvessel.wire.AgentAttributes;
import io.lightvessel.wire.Capabilities;
import io.lightvessel.wire.FlowMessages;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.flow.SourceFlow;
import io.lightvessel.wire.opamp.AgentCapabilities;
import io.lightvessel.wire.opamp.AgentDescription;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.AnyValue;
import io.lightvessel.wire.opamp.ComponentHealth;
import io.lightvessel.wire.opamp.KeyValue;
import io.lightvessel.wire.opamp.RemoteConfigStatus;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/** An agent reduced to what the console shows of one, speaking OpAMP by polling. */
public final class PollingAgent {
    private final HttpClient http = HttpClient.newHttpClient();
    private final InstanceUid uid = InstanceUid.mint(Clock.systemUTC(), new SecureRandom());
    private final URI server;
    private final String name;
    private String bearer = "";
    private long sequence;
    private ByteString configHash = ByteString.EMPTY;

    PollingAgent(int port, String name) {
        this.server = URI.create("http://127.0.0.1:" + port + "/v1/opamp");
        this.name = name;
    }

    void enrol(String token) throws IOException, InterruptedException {
        bearer = token;
        ServerToAgent offered = say(full());
        bearer = offered.getConnectionSettings().getOpamp().getHeaders().getHeadersList().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("authorization"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no credential offered: " + offered))
                .getValue()
                .replaceFirst("^Bearer ", "");
        ServerToAgent answer = say(full());
        configHash = answer.getRemoteConfig().getConfigHash();
    }

    /** Says that it applied, or refused, what it was last offered. */
    public void answerConfig(RemoteConfigStatuses status, String error) throws IOException, InterruptedException {
        say(message()
                .setRemoteConfigStatus(RemoteConfigStatus.newBuilder()
                        .setLastRemoteConfigHash(configHash)
                        .setStatus(status)
                        .setErrorMessage(error)));
    }

    /** Says that a service sent it this many records so far. */
    public void report(String service, long records) throws IOException, InterruptedException {
        Instant now = Instant.now();
        say(message()
                .setCustomMessage(FlowMessages.wrap(FlowReport.newBuilder()
                        .setStartTimeUnixNano(1)
                        .setTimeUnixNano(now.getEpochSecond() * 1_000_000_000L + now.getNano())
                        .addSources(SourceFlow.newBuilder()
                                .setServiceName(service)
                                .setReceiver("otlp")
                                .setSignal("traces")
                                .setRecords(records)
                                .setBytes(records * 100))
                        .build())));
    }

    private AgentToServer.Builder full() {
        return message()
                .setAgentDescription(AgentDescription.newBuilder()
                        .addIdentifyingAttributes(
                                attribute(AgentAttributes.SERVICE_NAME, AgentAttributes.OWN_SERVICE_NAME))
                        .addIdentifyingAttributes(attribute(AgentAttributes.SERVICE_INSTANCE_ID, uid.toString()))
                        .addIdentifyingAttributes(attribute(AgentAttributes.SERVICE_VERSION, "0.1.0"))
                        .addNonIdentifyingAttributes(attribute(AgentAttributes.HOST_NAME, "host-of-" + name))
                        .addNonIdentifyingAttributes(attribute(AgentAttributes.ROLE, "gateway"))
                        .addNonIdentifyingAttributes(attribute(AgentAttributes.AGENT_NAME, name)))
                .setHealth(ComponentHealth.newBuilder()
                        .setHealthy(true)
                        .setStatus("running")
                        .putComponentHealthMap(
                                "pipeline:traces",
                                ComponentHealth.newBuilder().setHealthy(true).build()));
    }

    private AgentToServer.Builder message() {
        return AgentToServer.newBuilder()
                .setInstanceUid(uid.toBytes())
                .setSequenceNum(sequence++)
                .setCapabilities(Capabilities.of(
                        AgentCapabilities.AgentCapabilities_ReportsStatus,
                        AgentCapabilities.AgentCapabilities_AcceptsRemoteConfig,
                        AgentCapabilities.AgentCapabilities_ReportsRemoteConfig,
                        AgentCapabilities.AgentCapabilities_AcceptsOpAMPConnectionSettings,
                        AgentCapabilities.AgentCapabilities_AcceptsOtherConnectionSettings,
                        AgentCapabilities.AgentCapabilities_ReportsHealth));
    }

    private ServerToAgent say(AgentToServer.Builder message) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(server)
                        .header("Content-Type", "application/x-protobuf")
                        .header("Authorization", "Bearer " + bearer)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                message.build().toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    response.statusCode() + ": " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return ServerToAgent.parseFrom(response.body());
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}

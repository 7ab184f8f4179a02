package io.lightvessel.testing;

import com.google.protobuf.ByteString;
import io.lightvessel.wire.Capabilities;
import io.lightvessel.wire.FlowMessages;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.OpampFrame;
import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.opamp.AgentCapabilities;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.ComponentHealth;
import io.lightvessel.wire.opamp.RemoteConfigStatus;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** An agent as the control plane sees it: a WebSocket that says what a test tells it to say. */
public final class SimulatedAgent implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public static final long CAPABILITIES = Capabilities.of(
            AgentCapabilities.AgentCapabilities_ReportsStatus,
            AgentCapabilities.AgentCapabilities_AcceptsRemoteConfig,
            AgentCapabilities.AgentCapabilities_ReportsEffectiveConfig,
            AgentCapabilities.AgentCapabilities_AcceptsOpAMPConnectionSettings,
            AgentCapabilities.AgentCapabilities_AcceptsOtherConnectionSettings,
            AgentCapabilities.AgentCapabilities_ReportsHealth,
            AgentCapabilities.AgentCapabilities_ReportsRemoteConfig,
            AgentCapabilities.AgentCapabilities_ReportsHeartbeat,
            AgentCapabilities.AgentCapabilities_ReportsConnectionSettingsStatus);

    private final LinkedBlockingQueue<ServerToAgent> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private final String name;
    private final WireAgent wire;
    private String credential;

    private SimulatedAgent(HttpClient client, URI server, String bearer, InstanceUid uid, String name) {
        this.wire = new WireAgent(name, uid);
        this.name = name;
        var connecting = client.newWebSocketBuilder().connectTimeout(PATIENCE);
        if (bearer != null) {
            connecting.header("Authorization", "Bearer " + bearer);
        }
        this.socket = connecting.buildAsync(server, new Listener()).join();
    }

    /** Connects, or throws {@link java.net.http.WebSocketHandshakeException} inside a {@link CompletionException}. */
    public static SimulatedAgent connect(HttpClient client, URI server, String bearer, InstanceUid uid, String name) {
        return new SimulatedAgent(client, server, bearer, uid, name);
    }

    public static InstanceUid newUid() {
        return InstanceUid.mint(Clock.systemUTC(), new SecureRandom());
    }

    public InstanceUid uid() {
        return wire.uid();
    }

    /** What it connects with. */
    public String credential() {
        return credential;
    }

    public void credential(String issued) {
        credential = issued;
    }

    /** The next message, with the agent's uid and the next sequence number. */
    public AgentToServer.Builder message() {
        return wire.message();
    }

    /** A first message: everything there is to say. */
    public AgentToServer.Builder fullState(String role) {
        return wire.fullState(role);
    }

    public static ComponentHealth healthy() {
        return ComponentHealth.newBuilder()
                .setHealthy(true)
                .setStatus("running")
                .putComponentHealthMap(
                        "traces", ComponentHealth.newBuilder().setHealthy(true).build())
                .build();
    }

    public static RemoteConfigStatus status(ByteString hash, RemoteConfigStatuses status, String error) {
        return RemoteConfigStatus.newBuilder()
                .setLastRemoteConfigHash(hash)
                .setStatus(status)
                .setErrorMessage(error)
                .build();
    }

    public void send(AgentToServer.Builder message) throws Exception {
        sendRaw(OpampFrame.encode(message.build()));
    }

    public void send(FlowReport report) throws Exception {
        send(message().setCustomMessage(FlowMessages.wrap(report)));
    }

    public void sendRaw(byte[] frame) throws Exception {
        socket.sendBinary(ByteBuffer.wrap(frame), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    public WebSocket socket() {
        return socket;
    }

    /** The next message from the server. */
    public ServerToAgent receive() throws InterruptedException {
        ServerToAgent message = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null) {
            throw new AssertionError(name + ": no message from the server");
        }
        return message;
    }

    /** The next message of a kind, leaving out others. */
    public ServerToAgent receive(Predicate<ServerToAgent> wanted) throws InterruptedException {
        ServerToAgent message = receive();
        while (!wanted.test(message)) {
            message = receive();
        }
        return message;
    }

    /** Nothing arrives for a while. */
    public boolean hearsNothing(Duration time) throws InterruptedException {
        return received.poll(time.toMillis(), TimeUnit.MILLISECONDS) == null;
    }

    /** The code with which the server closes the connection. */
    public int closeCode() throws InterruptedException, ExecutionException, TimeoutException {
        return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Breaks the connection off, as a crash would. */
    public void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            partial.writeBytes(bytes);
            if (last) {
                try {
                    received.add(OpampFrame.decode(ByteBuffer.wrap(partial.toByteArray()), ServerToAgent.parser()));
                } catch (io.lightvessel.wire.FrameException e) {
                    throw new AssertionError(e);
                }
                partial.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}

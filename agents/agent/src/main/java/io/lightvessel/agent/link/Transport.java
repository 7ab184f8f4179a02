package io.lightvessel.agent.link;

import io.lightvessel.wire.FrameException;
import io.lightvessel.wire.OpampFrame;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens OpAMP WebSockets with the JDK's client and turns what comes in into link events. */
final class Transport implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(20);
    private static final int POLICY_VIOLATION = 1008;
    private static final int MESSAGE_TOO_LARGE = 1009;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final Clock clock;
    private final Consumer<LinkEvent> events;

    Transport(Clock clock, Consumer<LinkEvent> events) {
        this.clock = clock;
        this.events = events;
    }

    Connection connect(URI uri, Map<String, String> headers) throws IOException, HandshakeRefused {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
        headers.forEach(builder::header);
        Incoming incoming = new Incoming();
        CompletableFuture<WebSocket> opening = builder.buildAsync(uri, incoming);
        try {
            return new Open(opening.get(CONNECT_TIMEOUT.toMillis() * 2, TimeUnit.MILLISECONDS), incoming);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            opening.cancel(true);
            throw new IOException("no answer to the WebSocket handshake", e);
        } catch (InterruptedException e) {
            opening.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while connecting", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private IOException failure(@Nullable Throwable cause) throws HandshakeRefused {
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            HttpResponse<?> response = refused.getResponse();
            throw new HandshakeRefused(
                    response.statusCode(),
                    Problem.parse(response.body() instanceof String body ? body : null),
                    RetryAfter.parse(
                            response.headers().firstValue("Retry-After").orElse(null), clock.instant()));
        }
        return cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
    }

    /** Assembles frames to messages; runs on the client's threads. */
    private final class Incoming implements WebSocket.Listener {
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private volatile long lastHeard = System.nanoTime();

        @Override
        public void onOpen(WebSocket socket) {
            socket.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            lastHeard = System.nanoTime();
            if ((long) message.size() + data.remaining() > OpampFrame.MAX_MESSAGE_BYTES) {
                long size = (long) message.size() + data.remaining();
                message.reset();
                fail(socket, MESSAGE_TOO_LARGE, OpampFrame.tooLarge(size).getMessage());
                return null;
            }
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            message.writeBytes(bytes);
            if (!last) {
                socket.request(1);
                return null;
            }
            try {
                ServerToAgent received =
                        OpampFrame.decode(ByteBuffer.wrap(message.toByteArray()), ServerToAgent.parser());
                events.accept(new LinkEvent.Received(this, received));
            } catch (FrameException e) {
                fail(socket, e.reason().closeCode(), e.getMessage());
            } finally {
                message.reset();
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            fail(socket, 1003, "the server sent text (expected: binary OpAMP messages)");
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer data) {
            lastHeard = System.nanoTime();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
            lastHeard = System.nanoTime();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            if (code == POLICY_VIOLATION) {
                events.accept(new LinkEvent.Expelled(this, reason));
            } else {
                events.accept(new LinkEvent.Lost(
                        this, "closed by the server with " + code + (reason.isEmpty() ? "" : ", " + reason)));
            }
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            events.accept(new LinkEvent.Lost(this, String.valueOf(error)));
        }

        private void fail(WebSocket socket, int code, @Nullable String reason) {
            String text = reason == null ? "" : reason;
            socket.sendClose(code, text.length() > 120 ? text.substring(0, 120) : text);
            events.accept(new LinkEvent.Lost(this, text));
        }
    }

    /** The sending half. */
    private record Open(WebSocket socket, Incoming incoming) implements Connection {
        @Override
        public boolean isSource(Object source) {
            return source == incoming;
        }

        @Override
        public void send(AgentToServer message) throws IOException {
            try {
                await(socket.sendBinary(ByteBuffer.wrap(OpampFrame.encode(message)), true));
            } catch (FrameException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void readNext() {
            socket.request(1);
        }

        @Override
        public void ping() throws IOException {
            await(socket.sendPing(ByteBuffer.allocate(0)));
        }

        @Override
        public Duration silence() {
            return Duration.ofNanos(System.nanoTime() - incoming.lastHeard);
        }

        @Override
        public void close(String reason) {
            try {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, reason)
                        .orTimeout(2, TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException e) {
                // The peer is gone already; abort below is all that is left to do.
                socket.abort();
                return;
            }
            // The peer's answer to the close is read by the listener only while there is demand.
            socket.request(Long.MAX_VALUE >> 1);
        }

        private static void await(CompletableFuture<WebSocket> sending) throws IOException {
            try {
                sending.get(SEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new IOException("sending failed: " + e.getCause(), e);
            } catch (TimeoutException e) {
                throw new IOException("the server took nothing for " + SEND_TIMEOUT.toSeconds() + " s", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while sending", e);
            }
        }
    }
}

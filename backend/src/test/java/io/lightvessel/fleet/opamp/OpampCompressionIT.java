package io.lightvessel.fleet.opamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.WireAgent;
import io.lightvessel.wire.OpampFrame;
import io.lightvessel.wire.opamp.ServerToAgent;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Clients that negotiate permessage-deflate, as opamp-go's can. */
@ControlPlaneTest
class OpampCompressionIT {
    @Autowired
    private FleetFixture fleet;

    private FleetFixture.Home home;

    @BeforeEach
    void newHome() {
        home = fleet.home();
    }

    private record Deflate() implements Extension {
        @Override
        public String getName() {
            return "permessage-deflate";
        }

        @Override
        public List<Parameter> getParameters() {
            return List.of();
        }
    }

    private static final class Client extends Endpoint {
        private final CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) answer::complete);
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            closed.complete(reason.getCloseCode().getCode());
        }
    }

    private Session connect(Client client) throws Exception {
        WebSocketContainer container = ContainerProvider.getWebSocketContainer();
        String bearer = "Bearer " + home.token();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .extensions(List.of(new Deflate()))
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> headers) {
                        headers.put("Authorization", List.of(bearer));
                    }
                })
                .build();
        Session session = container.connectToServer(client, config, fleet.webSocket());
        assertThat(session.getNegotiatedExtensions())
                .extracting(Extension::getName)
                .contains("permessage-deflate");
        return session;
    }

    @Test
    void compressedMessagesAreUnderstood() throws Exception {
        Client client = new Client();
        try (Session session = connect(client)) {
            byte[] frame = OpampFrame.encode(
                    new WireAgent("packed").fullState("gateway").build());
            session.getBasicRemote().sendBinary(ByteBuffer.wrap(frame));
            ServerToAgent answer = OpampFrame.decode(client.answer.get(20, TimeUnit.SECONDS), ServerToAgent.parser());
            assertThat(answer.hasConnectionSettings()).isTrue();
        }
    }

    @Test
    void theLimitHoldsForTheUnpackedMessage() throws Exception {
        Client client = new Client();
        try (Session session = connect(client)) {
            sendTooMuch(session, client);
            assertThat(client.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1009);
        }
    }

    private static void sendTooMuch(Session session, Client client) {
        byte[] piece = new byte[1 << 20];
        try {
            for (int i = 0; i < 66 && !client.closed.isDone(); i++) {
                session.getBasicRemote().sendBinary(ByteBuffer.wrap(piece), false);
            }
        } catch (IOException | IllegalStateException e) {
            // The server may close before the last piece is sent.
        }
    }
}

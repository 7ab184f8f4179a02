package io.lightvessel.fleet.opamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.ServerToAgent;
import jakarta.websocket.CloseReason;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** When a connection is too slow; the clock is the test's. */
class WebSocketLinkTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final InboundBudget budget = new InboundBudget(1_000_000);
    private final List<CloseReason> closed = new ArrayList<>();
    private final Map<Class<?>, MessageHandler> handlers = new HashMap<>();
    private final Set<WebSocketLink> open = new HashSet<>();
    private final OpampProperties settings =
            new OpampProperties(0, DataSize.ofKilobytes(64), LIMIT, Duration.ofSeconds(30), DataSize.ofMegabytes(1));
    private WebSocketLink link;

    @BeforeEach
    void connect() {
        Conversation silent = new Conversation() {
            @Override
            public Reply onMessage(AgentToServer message, Outlet outlet) {
                return new Reply.Answer(ServerToAgent.getDefaultInstance());
            }

            @Override
            public void onClose(Outlet outlet) {}
        };
        link = new WebSocketLink(silent, "10.0.0.1", settings, budget, open);
        link.onOpen(session(), null);
    }

    private Session session() {
        return (Session) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "getUserProperties" -> {
                            return new HashMap<String, Object>();
                        }
                        case "addMessageHandler" -> handlers.put((Class<?>) args[0], (MessageHandler) args[1]);
                        case "close" -> closed.add((CloseReason) args[0]);
                        default -> throw new UnsupportedOperationException(method.toString());
                    }
                    return null;
                });
    }

    @SuppressWarnings("unchecked")
    private void piece(byte[] bytes, boolean last) {
        ((MessageHandler.Partial<ByteBuffer>) handlers.get(ByteBuffer.class)).onMessage(ByteBuffer.wrap(bytes), last);
    }

    private void seconds(long later) {
        link.closeIfTooSlow(System.nanoTime() + Duration.ofSeconds(later).toNanos());
    }

    @Test
    void aConnectionThatNeverSaysAnythingIsClosed() {
        seconds(29);
        assertThat(closed).isEmpty();
        seconds(31);
        assertThat(closed).singleElement().satisfies(reason -> {
            assertThat(reason.getCloseCode().getCode()).isEqualTo(1008);
            assertThat(reason.getReasonPhrase()).isEqualTo("no whole message within 30 s");
        });
    }

    @Test
    void aMessageThatIsNeverFinishedClosesTheConnection() {
        piece(new byte[] {0}, true);
        seconds(3600);
        assertThat(closed).isEmpty();
        piece(new byte[] {0}, false);
        piece(new byte[] {0}, false);
        seconds(31);
        assertThat(closed).hasSize(1);
    }

    @Test
    void whatWasKeptOfAMessageIsGivenBackWhenTheConnectionEnds() {
        piece(new byte[1000], false);
        assertThat(budget.free()).isEqualTo(998_000);
        link.onClose(null, null);
        assertThat(budget.free()).isEqualTo(1_000_000);
        assertThat(open).isEmpty();
    }
}

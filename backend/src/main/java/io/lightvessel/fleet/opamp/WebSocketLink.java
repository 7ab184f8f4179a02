package io.lightvessel.fleet.opamp;

import io.lightvessel.fleet.TransportKind;
import io.lightvessel.wire.FrameException;
import io.lightvessel.wire.OpampFrame;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.RetryInfo;
import io.lightvessel.wire.opamp.ServerErrorResponse;
import io.lightvessel.wire.opamp.ServerErrorResponseType;
import io.lightvessel.wire.opamp.ServerToAgent;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One agent's WebSocket: whole messages in, one at a time; messages out from any thread. */
final class WebSocketLink extends Endpoint implements Outlet {
    static final int GOING_AWAY = 1001;
    private static final int UNSUPPORTED = 1003;
    private static final int POLICY = 1008;
    private static final int TOO_LARGE = 1009;
    private static final int INTERNAL = 1011;
    private static final int TRY_LATER = 1013;
    private static final int TOLERATED_ERRORS = 10;
    private static final int CLOSE_REASON_BYTES = 123;
    private static final Logger log = LoggerFactory.getLogger(WebSocketLink.class);

    private final Conversation conversation;
    private final String remoteAddress;
    private final OpampProperties settings;
    private final InboundBudget budget;
    private final Set<WebSocketLink> open;
    private final ReentrantLock writing = new ReentrantLock();

    private volatile @Nullable Session session;
    private volatile @Nullable CountDownLatch pong;
    // When the wait for the rest of a message, or for the first one, began; 0 when nothing is waited for.
    private volatile long waitingSince;
    private volatile boolean ended;
    private @Nullable MessageAssembler partial;
    private int errors;

    WebSocketLink(
            Conversation conversation,
            String remoteAddress,
            OpampProperties settings,
            InboundBudget budget,
            Set<WebSocketLink> open) {
        this.conversation = conversation;
        this.remoteAddress = remoteAddress;
        this.settings = settings;
        this.budget = budget;
        this.open = open;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.getUserProperties()
                .put(
                        "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT",
                        settings.messageTimeout().toMillis());
        waitingSince = nonZeroNanos();
        session = opened;
        open.add(this);
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) this::onPiece);
        opened.addMessageHandler(String.class, (MessageHandler.Partial<String>)
                (text, last) -> close(UNSUPPORTED, "text frame (expected: binary frames)"));
        opened.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) message -> {
            CountDownLatch awaited = pong;
            if (awaited != null) {
                awaited.countDown();
            }
        });
    }

    // The container calls this for one piece at a time.
    private void onPiece(ByteBuffer piece, boolean last) {
        if (ended) {
            return;
        }
        if (last && partial == null) {
            waitingSince = 0;
            onFrame(piece);
            return;
        }
        if (partial == null) {
            partial = new MessageAssembler(settings.maxMessageBytes(), budget);
            waitingSince = nonZeroNanos();
        }
        MessageAssembler message = partial;
        switch (message.add(piece)) {
            case KEPT -> {
                if (last) {
                    waitingSince = 0;
                    try {
                        onFrame(message.message());
                    } finally {
                        dropPartial();
                    }
                }
            }
            case TOO_LARGE -> {
                dropPartial();
                log.warn("opamp {}: message over {} bytes refused", remoteAddress, settings.maxMessageBytes());
                close(TOO_LARGE, "message: more than " + settings.maxMessageBytes() + " bytes");
            }
            case NO_BUDGET -> {
                dropPartial();
                log.warn("opamp {}: message refused, too many bytes are being received", remoteAddress);
                sendBusy(settings.retryAfter());
            }
        }
    }

    private void onFrame(ByteBuffer frame) {
        AgentToServer message;
        try {
            message = OpampFrame.decode(frame, AgentToServer.parser());
        } catch (FrameException e) {
            sendBadRequest(e.getMessage());
            return;
        }
        Reply reply;
        try {
            reply = conversation.onMessage(message, this);
        } catch (RuntimeException e) {
            log.error("opamp {}: message could not be handled", remoteAddress, e);
            close(INTERNAL, "the message could not be handled");
            return;
        }
        switch (reply) {
            case Reply.Answer(ServerToAgent answer) -> {
                if (answer.getSerializedSize() > 0) {
                    push(answer);
                }
            }
            case Reply.Malformed(String detail) -> sendBadRequest(detail);
            case Reply.Refused refused -> {
                push(error(ServerErrorResponseType.ServerErrorResponseType_BadRequest, refused.detail())
                        .build());
                close(POLICY, refused.code().code());
            }
            case Reply.Busy(Duration retryAfter) -> sendBusy(retryAfter);
        }
    }

    private void sendBadRequest(@Nullable String detail) {
        push(error(ServerErrorResponseType.ServerErrorResponseType_BadRequest, detail == null ? "malformed" : detail)
                .build());
        if (++errors >= TOLERATED_ERRORS) {
            close(POLICY, "too many malformed messages");
        }
    }

    private void sendBusy(Duration retryAfter) {
        ServerToAgent.Builder busy =
                error(ServerErrorResponseType.ServerErrorResponseType_Unavailable, "the control plane is busy");
        busy.getErrorResponseBuilder()
                .setRetryInfo(RetryInfo.newBuilder().setRetryAfterNanoseconds(retryAfter.toNanos()));
        push(busy.build());
        close(TRY_LATER, "busy");
    }

    private static ServerToAgent.Builder error(ServerErrorResponseType type, String message) {
        return ServerToAgent.newBuilder()
                .setErrorResponse(ServerErrorResponse.newBuilder().setType(type).setErrorMessage(message));
    }

    @Override
    public TransportKind transport() {
        return TransportKind.WEBSOCKET;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean push(ServerToAgent message) {
        Session to = session;
        if (to == null || ended) {
            return false;
        }
        byte[] frame;
        try {
            frame = OpampFrame.encode(message);
        } catch (FrameException e) {
            log.error("opamp {}: message not sent: {}", remoteAddress, e.getMessage());
            return false;
        }
        // The container refuses a second writer instead of letting it wait.
        writing.lock();
        try {
            to.getBasicRemote().sendBinary(ByteBuffer.wrap(frame));
            return true;
        } catch (IOException | IllegalStateException e) {
            log.debug("opamp {}: message could not be sent", remoteAddress, e);
            return false;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close(int code, String reason) {
        ended = true;
        Session which = session;
        if (which == null) {
            return;
        }
        try {
            which.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), shortened(reason)));
        } catch (IOException | IllegalStateException e) {
            log.debug("opamp {}: was closed already", remoteAddress, e);
        }
    }

    @Override
    public boolean answersWithin(Duration patience) {
        Session to = session;
        if (to == null || ended) {
            return false;
        }
        CountDownLatch answer = new CountDownLatch(1);
        pong = answer;
        writing.lock();
        try {
            to.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | IllegalStateException e) {
            return false;
        } finally {
            writing.unlock();
        }
        try {
            return answer.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void closeIfTooSlow(long now) {
        long since = waitingSince;
        if (since != 0 && now - since > settings.messageTimeout().toNanos()) {
            close(POLICY, "no whole message within " + settings.messageTimeout().toSeconds() + " s");
        }
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        ended = true;
        open.remove(this);
        dropPartial();
        conversation.onClose(this);
    }

    @Override
    public void onError(Session failed, @Nullable Throwable thrown) {
        log.debug("opamp {}: connection failed", remoteAddress, thrown);
    }

    private void dropPartial() {
        MessageAssembler message = partial;
        if (message != null) {
            partial = null;
            message.close();
        }
    }

    private static long nonZeroNanos() {
        long now = System.nanoTime();
        return now == 0 ? 1 : now;
    }

    private static String shortened(String reason) {
        return reason.getBytes(StandardCharsets.UTF_8).length <= CLOSE_REASON_BYTES
                ? reason
                : reason.substring(0, CLOSE_REASON_BYTES / 3);
    }
}

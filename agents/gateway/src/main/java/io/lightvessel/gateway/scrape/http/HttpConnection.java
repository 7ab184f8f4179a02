package io.lightvessel.gateway.scrape.http;

import io.lightvessel.pipeline.Timer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A kept connection that carries one GET at a time; belongs to its event loop. */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    /** What an answer that nobody wants may have for the connection to be worth keeping. */
    private static final long DRAINED = 64 * 1024;

    /** Hears how an exchange went, once. */
    interface Listener {

        /** The head of the answer; {@link #ended} follows unless the fetch ends before. */
        void head(HttpResponse head);

        /** The answer is complete. */
        void ended();

        /** @param silent whether not a byte had come, so that the request may be sent again */
        void broken(String message, boolean silent);
    }

    final Origin origin;
    private final Channel channel;
    private final Timer timer;
    private @Nullable Listener listener;
    private @Nullable Fetch fetch;
    private @Nullable BodyBuffer body;
    private final Deque<HttpContent> waiting = new ArrayDeque<>();
    private boolean silent;
    private boolean keep;
    private boolean used;
    private long drained;
    private String why = "";

    HttpConnection(Origin origin, Channel channel, Timer timer) {
        this.origin = origin;
        this.channel = channel;
        this.timer = timer;
    }

    boolean isUsable() {
        return channel.isActive() && listener == null;
    }

    /** Whether a request has gone over it before: the server may be about to close it. */
    boolean isUsed() {
        return used;
    }

    void send(DefaultFullHttpRequest request, Fetch next, Listener hearing) {
        fetch = next;
        listener = hearing;
        body = null;
        silent = true;
        keep = true;
        drained = 0;
        next.onAbort(this::close);
        channel.writeAndFlush(request).addListener(sent -> {
            if (!sent.isSuccess()) {
                broken(String.valueOf(sent.cause().getMessage()));
            }
        });
    }

    /** The answer's body is wanted. */
    void collect(BodyBuffer into) {
        body = into;
    }

    void close() {
        forget();
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
            return;
        }
        silent = false;
        if (object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            why = "the answer is no HTTP: " + object.decoderResult().cause().getMessage();
            channel.close();
            return;
        }
        if (object instanceof HttpResponse head) {
            head(head);
        }
        if (object instanceof HttpContent content) {
            content(content);
        }
    }

    private void head(HttpResponse head) {
        Listener hearing = listener;
        if (hearing == null) {
            channel.close();
        } else if (head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            keep = HttpUtil.isKeepAlive(head);
            hearing.head(head);
        }
    }

    private void content(HttpContent content) {
        if (fetch == null || body == null) {
            drain(content);
        } else if (waiting.isEmpty()) {
            take(content);
        } else {
            waiting.add(content);
        }
    }

    /** Takes one piece of the body; false when it has to wait or is not wanted any more. */
    private boolean take(HttpContent content) {
        BodyBuffer into = body;
        Fetch current = fetch;
        if (into == null || current == null) {
            content.release();
            return false;
        }
        switch (into.add(content.content())) {
            case TAKEN -> {
                boolean last = content instanceof LastHttpContent;
                content.release();
                if (last) {
                    complete();
                }
                return true;
            }
            case TOO_LARGE -> {
                content.release();
                current.fail(
                        FetchResult.Reason.TOO_LARGE,
                        "body_size_limit exceeded: more than " + current.request.bodyLimit() + " bytes");
                return false;
            }
            case GIVES_WAY -> {
                content.release();
                current.fail(
                        FetchResult.Reason.NO_MEMORY,
                        "the agent's memory budget was spent when " + into.size() + " bytes of the answer had come");
                return false;
            }
            case BUDGET_SPENT -> {
                waiting.addFirst(content);
                waitForBudget(current);
                return false;
            }
        }
        return false;
    }

    private void drain(HttpContent content) {
        drained += content.content().readableBytes();
        boolean last = content instanceof LastHttpContent;
        content.release();
        if (last) {
            complete();
        } else if (drained > DRAINED) {
            keep = false;
            complete();
        }
    }

    /** Reads no further until the budget allows for it, or the fetch's time is over. */
    private void waitForBudget(Fetch current) {
        channel.config().setAutoRead(false);
        current.late = new FetchResult.Failed(
                FetchResult.Reason.NO_MEMORY, "the agent's memory budget was spent while the answer came in");
        timer.schedule(
                LOOK_AGAIN,
                () -> Loops.execute(channel.eventLoop(), () -> {
                    if (fetch == current) {
                        HttpContent next = waiting.poll();
                        while (next != null && take(next)) {
                            next = waiting.poll();
                        }
                        if (waiting.isEmpty()) {
                            channel.config().setAutoRead(true);
                        }
                    }
                }));
    }

    private void forget() {
        listener = null;
        fetch = null;
        body = null;
        for (HttpContent content = waiting.poll(); content != null; content = waiting.poll()) {
            content.release();
        }
    }

    private void complete() {
        Listener hearing = listener;
        Fetch current = fetch;
        used = true;
        forget();
        if (current != null) {
            current.onAbort(null);
        }
        if (!keep) {
            channel.close();
        }
        if (hearing != null) {
            hearing.ended();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        broken(why.isEmpty() ? "the target closed the connection before its answer was complete" : why);
    }

    private void broken(String message) {
        Listener hearing = listener;
        forget();
        channel.close();
        if (hearing != null) {
            hearing.broken(message, silent);
        }
    }
}

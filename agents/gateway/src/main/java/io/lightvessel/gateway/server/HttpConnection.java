package io.lightvessel.gateway.server;

import io.lightvessel.gateway.server.ReadSwitch.Reason;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries HTTP requests one after another over a connection, or a single one over an HTTP/2 stream. */
final class HttpConnection extends ChannelDuplexHandler {
    /** How long what a client still sends is read and thrown away, so that it gets to read its answer. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private enum State {
        IDLE,
        READING,
        ANSWERING,
        /** Answered before the request was over; the rest of it is read for nobody. */
        DISCARDING,
        CLOSING
    }

    private final Supplier<Intake> intakes;
    private final ReadSwitch reads;
    private final Arrivals arrivals;
    private final boolean stream;
    private State state = State.IDLE;
    private long stateSince = System.nanoTime();
    private boolean keepAlive = true;
    private boolean requestEnded = true;
    private boolean expectsContinue;
    private boolean served;
    private @Nullable String origin;
    private @Nullable ChannelFuture writing;
    private long writingSince;
    private @Nullable HttpCall call;
    private @Nullable ChannelPromise closing;

    HttpConnection(Supplier<Intake> intakes, ReadSwitch reads, Arrivals arrivals, boolean stream) {
        this.intakes = intakes;
        this.reads = reads;
        this.arrivals = arrivals;
        this.stream = stream;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        watch(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                begin(ctx, request);
            }
            if (message instanceof HttpContent content) {
                read(content);
                if (message instanceof LastHttpContent) {
                    end(content);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        enter(State.READING);
        requestEnded = false;
        keepAlive = HttpUtil.isKeepAlive(request);
        expectsContinue = HttpUtil.is100ContinueExpected(request);
        origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (request.decoderResult().isFailure()) {
            keepAlive = false;
            String why = String.valueOf(request.decoderResult().cause().getMessage());
            answer(ctx, intakes.get().errors().render(HttpFault.of(400, "not an HTTP request: " + why), ""));
            return;
        }
        Cors cors = intakes.get().options().http().cors();
        if (cors != null && Cors.isPreflight(request)) {
            answer(ctx, cors.preflight(request));
            return;
        }
        Object address = Addresses.client(ctx.channel());
        call = HttpCall.open(request, intakes.get(), address, ctx.alloc(), arrivals, reply -> execute(ctx, reply));
        if (call != null && expectsContinue) {
            expectsContinue = false;
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void read(HttpContent content) {
        HttpCall current = call;
        if (state != State.READING || current == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            keepAlive = false;
            current.corrupt("the body is no HTTP body: "
                    + content.decoderResult().cause().getMessage());
        } else {
            current.take(content.content());
        }
    }

    private void end(HttpContent content) {
        requestEnded = true;
        HttpCall current = call;
        if (state == State.DISCARDING) {
            enter(State.IDLE);
        } else if (state == State.READING
                && current != null
                && content.decoderResult().isSuccess()) {
            enter(State.ANSWERING);
            current.complete();
            if (state == State.ANSWERING) {
                // One request at a time: what was pipelined waits in the flow control handler.
                reads.hold(Reason.ANSWERING, true);
            }
        }
    }

    private void execute(ChannelHandlerContext ctx, HttpReply reply) {
        if (ctx.executor().inEventLoop()) {
            answer(ctx, reply);
        } else {
            ctx.executor().execute(() -> answer(ctx, reply));
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpReply reply) {
        if (state != State.READING && state != State.ANSWERING) {
            return;
        }
        call = null;
        served = true;
        FullHttpResponse response = reply.toResponse();
        decorate(response);
        if (isReusable(reply)) {
            enter(requestEnded ? State.IDLE : State.DISCARDING);
            watch(ctx.writeAndFlush(response));
            resume(ctx);
            return;
        }
        enter(State.CLOSING);
        if (!stream) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelPromise asked = closing;
        ChannelPromise closed = asked == null ? ctx.newPromise() : asked;
        ChannelFuture sent = ctx.writeAndFlush(response);
        watch(sent);
        sent.addListener(written -> {
            if (stream || requestEnded || asked != null) {
                ctx.close(closed);
            }
        });
    }

    private void decorate(FullHttpResponse response) {
        HttpManners manners = intakes.get().options().http();
        manners.responseHeaders().forEach(response.headers()::set);
        Cors cors = manners.cors();
        if (cors != null && !response.headers().contains(HttpHeaderNames.VARY)) {
            cors.headers(origin).forEach(response.headers()::set);
        }
    }

    private void watch(ChannelFuture sent) {
        if (!sent.isDone()) {
            writing = sent;
            writingSince = System.nanoTime();
        }
    }

    /** A client that does not read its answers is not read from either. */
    private void resume(ChannelHandlerContext ctx) {
        reads.hold(Reason.UNREAD, !ctx.channel().isWritable());
        reads.hold(Reason.ANSWERING, state == State.ANSWERING);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        resume(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    /** After an early answer too: under overload, clients that have to reconnect make everything worse. */
    private boolean isReusable(HttpReply reply) {
        return keepAlive && closing == null && (requestEnded || !stream && !expectsContinue && reply.status() != 413);
    }

    /** Waits for the answer that is due, if any; a connection between requests closes at once. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (closing == null && (state == State.READING || state == State.ANSWERING)) {
            closing = promise;
            return;
        }
        ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        HttpCall unfinished = call;
        call = null;
        if (unfinished != null) {
            unfinished.abandon();
        }
        enter(State.CLOSING);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        PeerErrors.INSTANCE.exceptionCaught(ctx, cause);
    }

    private static boolean isOver(@Nullable Duration limit, long elapsedNanos) {
        return limit != null && elapsedNanos > limit.toNanos();
    }

    private void enter(State next) {
        state = next;
        stateSince = System.nanoTime();
    }

    private void watch(ChannelHandlerContext ctx) {
        long millis = intakes.get().timeouts().check().toMillis();
        ctx.executor().schedule(() -> check(ctx), millis, TimeUnit.MILLISECONDS);
    }

    private void check(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            return;
        }
        long now = System.nanoTime();
        long elapsed = now - stateSince;
        HttpCall current = call;
        HttpManners manners = intakes.get().options().http();
        ChannelFuture unsent = writing;
        if (unsent != null && !unsent.isDone() && isOver(manners.write(), now - writingSince)) {
            ctx.close();
        }
        switch (state) {
            case IDLE -> {
                if (isOver(served ? manners.idle() : manners.readHeader(), elapsed)) {
                    ctx.close();
                }
            }
            case READING -> {
                if (current != null && current.isLate(now)) {
                    keepAlive = false;
                    current.timeOut();
                }
            }
            case DISCARDING, CLOSING -> {
                if (elapsed > LINGER.toNanos()) {
                    ctx.close();
                }
            }
            case ANSWERING -> {
                // The pipelines' turn; they always answer.
            }
        }
        watch(ctx);
    }
}

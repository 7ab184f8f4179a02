package io.lightvessel.gateway.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends gRPC connections that never speak, have grown old, idle or dead; the first three politely. */
final class ConnectionLifetime extends Http2ConnectionAdapter {
    /** Between "open no more streams" and "these are the last I answer", for streams that are on their way. */
    private static final Duration LAST_STREAMS = Duration.ofSeconds(1);

    private static final long PING = 0x6C69_6768_7476L;

    private final ChannelHandlerContext ctx;
    private final Http2ConnectionHandler handler;
    private final KeepAlive keepAlive;
    private long idleSince = System.nanoTime();
    private boolean pingUnanswered;
    private boolean leaving;

    private ConnectionLifetime(ChannelHandlerContext ctx, Http2ConnectionHandler handler, KeepAlive keepAlive) {
        this.ctx = ctx;
        this.handler = handler;
        this.keepAlive = keepAlive;
    }

    static ConnectionLifetime start(ChannelHandlerContext ctx, Http2ConnectionHandler handler, KeepAlive keepAlive) {
        ConnectionLifetime lifetime = new ConnectionLifetime(ctx, handler, keepAlive);
        handler.connection().addListener(lifetime);
        Duration maxAge = keepAlive.maxAge();
        if (maxAge != null) {
            // Spread, so that clients which connected together do not come back together.
            double jitter = 0.9 + 0.2 * ThreadLocalRandom.current().nextDouble();
            lifetime.after(Duration.ofNanos((long) (maxAge.toNanos() * jitter)), lifetime::leave);
        }
        Duration maxIdle = keepAlive.maxIdle();
        if (maxIdle != null) {
            lifetime.after(maxIdle, () -> lifetime.leaveWhenIdle(maxIdle));
        }
        lifetime.after(keepAlive.pingAfter(), lifetime::ping);
        return lifetime;
    }

    void pingAnswered() {
        pingUnanswered = false;
    }

    @Override
    public void onStreamRemoved(Http2Stream stream) {
        idleSince = System.nanoTime();
    }

    private void leaveWhenIdle(Duration maxIdle) {
        long idle = handler.connection().numActiveStreams() > 0 ? 0 : System.nanoTime() - idleSince;
        if (idle >= maxIdle.toNanos()) {
            leave();
        } else {
            after(maxIdle.minusNanos(idle), () -> leaveWhenIdle(maxIdle));
        }
    }

    private void leave() {
        if (leaving) {
            return;
        }
        leaving = true;
        handler.goAway(ctx, Integer.MAX_VALUE, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, ctx.newPromise());
        handler.flush(ctx);
        @Nullable Duration grace = keepAlive.maxAgeGrace();
        handler.gracefulShutdownTimeoutMillis(grace == null ? -1 : grace.toMillis());
        // Closing sends the second GOAWAY and waits for the streams that are left.
        after(LAST_STREAMS, () -> ctx.channel().close());
    }

    private void ping() {
        pingUnanswered = true;
        handler.encoder().writePing(ctx, false, PING, ctx.newPromise());
        handler.flush(ctx);
        after(keepAlive.pingTimeout(), () -> {
            if (pingUnanswered) {
                ctx.close();
            } else {
                after(keepAlive.pingAfter(), this::ping);
            }
        });
    }

    private void after(Duration delay, Runnable task) {
        ctx.executor()
                .schedule(
                        () -> {
                            if (ctx.channel().isActive()) {
                                task.run();
                            }
                        },
                        delay.toNanos(),
                        TimeUnit.NANOSECONDS);
    }
}

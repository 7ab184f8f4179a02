package io.lightvessel.gateway.grpc;

import io.lightvessel.gateway.net.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes unary calls to one address over one HTTP/2 connection, many at a time. Connects when a call needs it, again when
 * the server asked it to go or the connection broke, and after failures only once a growing pause is over.
 */
final class GrpcClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(30);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Bootstrap bootstrap;
    private final EventLoop loop;
    private final GrpcTarget target;
    private final InetSocketAddress address;
    private final Runnable onFailure;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, String> headers;
    private final String userAgent;

    // All of these belong to the event loop.
    private final Deque<GrpcRequest> waiting = new ArrayDeque<>();
    private @Nullable GrpcClientConnection connection;
    private boolean connecting;
    private boolean closed;
    private long pauseMillis;
    private long pauseEnd = System.nanoTime();
    private String lastFailure = "";

    private volatile boolean failing;

    /** @param onFailure told, on the event loop, when the address cannot be reached or its connection ends */
    GrpcClient(
            Transport transport,
            GrpcTarget target,
            InetSocketAddress address,
            Map<String, String> headers,
            String userAgent,
            Runnable onFailure) {
        this.loop = transport.group().next();
        this.bootstrap = transport.client().clone(loop).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                CONNECT_TIMEOUT.toMillis());
        this.target = target;
        this.address = address;
        this.headers = Map.copyOf(headers);
        this.userAgent = userAgent;
        this.onFailure = onFailure;
    }

    /** Whether the last attempt to connect failed, so that another address is the better choice. */
    boolean isFailing() {
        return failing;
    }

    /** Takes over the request's message; never throws. */
    void call(GrpcRequest request) {
        if (loop.inEventLoop()) {
            start(request);
        } else {
            try {
                loop.execute(() -> start(request));
            } catch (RejectedExecutionException e) {
                fail(request, "the agent is stopping");
            }
        }
    }

    /** Takes no more calls and lets those under way finish: the address is none of the name's any more. */
    void retire() {
        startClosing(LEFT_BEHIND);
    }

    /** Lets calls under way finish within {@code grace}. */
    void startClosing(Duration grace) {
        try {
            loop.execute(() -> leave(grace));
        } catch (RejectedExecutionException e) {
            // The loops have ended, and every connection with them.
            closing.countDown();
        }
    }

    private void leave(Duration grace) {
        closed = true;
        failWaiting("the exporter is stopping");
        GrpcClientConnection current = connection;
        connection = null;
        if (current == null) {
            closing.countDown();
        } else {
            current.leave(grace);
            current.channel().closeFuture().addListener(_ -> closing.countDown());
        }
    }

    /** Blocks, so not for event loops. */
    void awaitClosed(Duration atMost) {
        try {
            closing.await(atMost.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(GrpcRequest request) {
        GrpcClientConnection current = connection;
        if (current != null && current.isUsable()) {
            current.start(request);
        } else if (closed) {
            fail(request, "the exporter is stopping");
        } else if (connecting) {
            waiting.add(request);
        } else if (System.nanoTime() - pauseEnd < 0) {
            fail(request, lastFailure);
        } else {
            waiting.add(request);
            connect();
        }
    }

    private void connect() {
        connecting = true;
        GrpcClientConnection old = connection;
        connection = null;
        if (old != null) {
            // Asked to go or broken: what is still under way there may finish.
            old.leave(LEFT_BEHIND);
        }
        ChannelFuture connected = bootstrap
                .clone()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        GrpcClientConnection.install(channel, target, headers, userAgent)
                                .whenReady(GrpcClient.this::ready, GrpcClient.this::failed);
                    }
                })
                .connect(address);
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                failed(String.valueOf(done.cause().getMessage()));
            }
        });
    }

    private void ready(GrpcClientConnection fresh) {
        connecting = false;
        failing = false;
        pauseMillis = 0;
        if (closed) {
            fresh.leave(Duration.ZERO);
            return;
        }
        connection = fresh;
        fresh.channel().closeFuture().addListener(_ -> {
            if (!closed) {
                onFailure.run();
            }
        });
        for (GrpcRequest request = waiting.poll(); request != null; request = waiting.poll()) {
            fresh.start(request);
        }
    }

    private void failed(String message) {
        if (!connecting) {
            return;
        }
        connecting = false;
        failing = true;
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, pauseMillis * 2));
        long jittered = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1);
        pauseEnd = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(jittered);
        lastFailure = "cannot connect to " + target.address() + ": " + message;
        failWaiting(lastFailure);
        onFailure.run();
    }

    private void failWaiting(String message) {
        for (GrpcRequest request = waiting.poll(); request != null; request = waiting.poll()) {
            fail(request, message);
        }
    }

    static void fail(GrpcRequest request, String message) {
        request.message().release();
        request.whenDone().accept(GrpcOutcome.failed(GrpcStatus.UNAVAILABLE, message));
    }
}

package io.lightvessel.gateway.net.http;

import io.lightvessel.gateway.net.TlsContexts;
import io.lightvessel.gateway.net.Transport;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests over HTTP/1.1 connections that it keeps open and uses again: posts of exporters, whose bodies go out as
 * they lie in memory, and gets whose responses are read as they come. How many exchanges run at a time is the callers'
 * affair; each has a connection to itself. An exchange stays on the event loop that asked for it. Exchanges spread over
 * the addresses of a server's name, and connections end at a certain age so that the name is looked up again.
 */
public final class HttpConnections {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnections.class);

    private final Transport transport;
    private final Dialer dialer;
    private final Map<EventLoop, LoopConnections> loops = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final CountDownLatch idle = new CountDownLatch(1);
    private volatile boolean closing;

    /** @param tls for origins with https; null for the platform's trust */
    public HttpConnections(Transport transport, @Nullable TlsContexts tls, ConnectionRules rules) {
        this.transport = transport;
        this.dialer = new Dialer(transport, tls, rules);
    }

    /** Takes over the callout's body; never throws, and the reader hears of every end. */
    public void send(HttpCallout callout, ResponseReader reader) {
        underWay.incrementAndGet();
        if (closing) {
            refuse(callout, reader, "the exporter is stopping");
            return;
        }
        EventLoop loop = loop();
        if (loop.inEventLoop()) {
            start(loop, callout, reader);
            return;
        }
        try {
            loop.execute(() -> start(loop, callout, reader));
        } catch (RejectedExecutionException e) {
            refuse(callout, reader, "the agent is stopping");
        }
    }

    private void start(EventLoop loop, HttpCallout callout, ResponseReader reader) {
        LoopConnections connections = loops.computeIfAbsent(loop, own -> new LoopConnections(own, dialer));
        new HttpExchange(connections, callout, reader, this::ended).start();
    }

    private EventLoop loop() {
        for (EventExecutor each : transport.group()) {
            if (each.inEventLoop() && each instanceof EventLoop own) {
                return own;
            }
        }
        return transport.group().next();
    }

    private void refuse(HttpCallout callout, ResponseReader reader, String why) {
        callout.body().release();
        reader.failed(why);
        ended();
    }

    private void ended() {
        if (underWay.decrementAndGet() == 0 && closing) {
            idle.countDown();
        }
    }

    /** Lets exchanges under way end within {@code grace}, then ends them; blocks, so not for event loops. */
    public void close(Duration grace) {
        closing = true;
        if (underWay.get() > 0) {
            try {
                idle.await(grace.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        loops.forEach((loop, connections) -> {
            try {
                loop.execute(connections::close);
            } catch (RejectedExecutionException e) {
                LOG.debug("an event loop has ended before, and its connections with it");
            }
        });
    }
}

package io.lightvessel.gateway.storm;

import io.lightvessel.gateway.testing.IdSink;
import io.lightvessel.gateway.testing.RawGrpc;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients on gRPC connections that stay open, each with one request after another until they are told to stop. */
final class Producers implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int RECORDS = 5;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<RawGrpc> connections = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong ids = new AtomicLong(1);
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private volatile boolean stop;

    Producers(int port, int count) {
        for (int i = 0; i < count; i++) {
            connections.add(new RawGrpc(port, loops));
        }
        for (int i = 0; i < THREADS; i++) {
            List<RawGrpc> mine = connections.subList(i * count / THREADS, (i + 1) * count / THREADS);
            threads.add(Thread.ofPlatform().start(() -> run(mine)));
        }
    }

    private void run(List<RawGrpc> mine) {
        try {
            while (!stop) {
                round(mine);
            }
        } catch (Exception | Error e) {
            faults.add(e);
        }
    }

    /** One request on every connection, all at the same time. */
    private void round(List<RawGrpc> mine) throws Exception {
        Map<Long, CompletableFuture<RawGrpc.Answer>> answers = new java.util.LinkedHashMap<>();
        for (int i = 0; i < mine.size(); i++) {
            long first = ids.getAndAdd(RECORDS);
            boolean spans = i % 4 == 0;
            byte[] request = spans ? IdSink.spans(first, RECORDS) : IdSink.logs(first, RECORDS);
            answers.put(
                    first,
                    mine.get(i)
                            .call(spans ? RawGrpc.TRACES : RawGrpc.LOGS, Map.of(), RawGrpc.framed(request, 0), true));
        }
        for (Map.Entry<Long, CompletableFuture<RawGrpc.Answer>> entry : answers.entrySet()) {
            RawGrpc.Answer answer = entry.getValue().get(60, TimeUnit.SECONDS);
            if (answer.status().equals("0")) {
                for (int i = 0; i < RECORDS; i++) {
                    acknowledged.add(entry.getKey() + i);
                }
            } else {
                refusals.add(answer.headers().toString());
            }
        }
    }

    void stop() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    Set<Long> acknowledged() {
        return acknowledged;
    }

    /** Answers other than success, and what happened to connections. */
    List<String> complaints() {
        List<String> all = new ArrayList<>(refusals);
        faults.forEach(fault -> all.add(fault.toString()));
        for (RawGrpc connection : connections) {
            if (connection.goAway.getCount() == 0) {
                all.add("GOAWAY");
            }
            if (!connection.channel().isActive()) {
                all.add("connection closed");
            }
        }
        return all;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        connections.forEach(RawGrpc::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}

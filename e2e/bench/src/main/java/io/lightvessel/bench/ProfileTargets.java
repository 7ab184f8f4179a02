package io.lightvessel.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Many Go services behind addresses of the loopback network, and a Pyroscope that takes everything. */
final class ProfileTargets implements AutoCloseable {

    private static final int ROUNDS = 12;
    private static final int HALF_SECOND = 500;

    private final HttpServer targets;
    private final HttpServer sink;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, List<byte[]>> pages;
    private final LongAdder served = new LongAdder();
    private final LongAdder servedBytes = new LongAdder();
    private final LongAdder pushed = new LongAdder();
    private final LongAdder pushedBytes = new LongAdder();
    private final int plainSize;

    ProfileTargets(int stacks) {
        GoProfiles heap = new GoProfiles(stacks);
        GoProfiles locks = new GoProfiles(Math.max(1, stacks / 10));
        GoProfiles rest = new GoProfiles(Math.max(1, stacks / 20));
        pages = Map.of(
                "/debug/pprof/allocs",
                rounds(heap, "alloc_objects/count", "alloc_space/bytes", "inuse_objects/count", "inuse_space/bytes"),
                "/debug/pprof/mutex",
                rounds(locks, "contentions/count", "delay/nanoseconds"),
                "/debug/pprof/block",
                rounds(locks, "contentions/count", "delay/nanoseconds"),
                "/debug/pprof/goroutine",
                List.of(rest.next("goroutine/count")),
                "/debug/pprof/profile",
                List.of(rest.next("samples/count", "cpu/nanoseconds")));
        plainSize = heap.plainSize();
        try {
            targets = open("0.0.0.0", this::serve);
            sink = open("127.0.0.1", this::take);
        } catch (IOException e) {
            throw new Failure("cannot serve profiles: " + e.getMessage(), e);
        }
    }

    private static List<byte[]> rounds(GoProfiles profiles, String... types) {
        return java.util.stream.IntStream.range(0, ROUNDS)
                .mapToObj(_ -> profiles.next(types))
                .toList();
    }

    private static HttpServer open(String address, com.sun.net.httpserver.HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        List<byte[]> page = pages.get(path);
        if (page == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        if (path.endsWith("profile")) {
            pause();
        }
        String who = exchange.getRequestHeaders().getFirst("Host") + path;
        int call = calls.computeIfAbsent(who, _ -> new AtomicInteger()).getAndIncrement();
        byte[] body = page.get(call % page.size());
        served.increment();
        servedBytes.add(body.length);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** As a profile of some seconds would, but shorter: waiting costs nobody anything. */
    private static void pause() {
        try {
            Thread.sleep(HALF_SECOND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        long bytes = exchange.getRequestBody().readAllBytes().length;
        pushed.increment();
        pushedBytes.add(bytes);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    int port() {
        return targets.getAddress().getPort();
    }

    int sinkPort() {
        return sink.getAddress().getPort();
    }

    long served() {
        return served.sum();
    }

    long servedBytes() {
        return servedBytes.sum();
    }

    long pushed() {
        return pushed.sum();
    }

    long pushedBytes() {
        return pushedBytes.sum();
    }

    /** Bytes of the largest profile, unpacked. */
    int plainSize() {
        return plainSize;
    }

    @Override
    public void close() {
        targets.stop(0);
        sink.stop(0);
    }
}

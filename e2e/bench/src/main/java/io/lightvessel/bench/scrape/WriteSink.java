package io.lightvessel.bench.scrape;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.gateway.net.Coding;
import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.gateway.net.TooLarge;
import io.lightvessel.gateway.net.Unpacker;
import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A remote-write receiver of both versions that counts samples and says yes. */
final class WriteSink implements AutoCloseable {
    private static final int LARGEST = 64 << 20;
    private static final int SERIES_V1 = 1;
    private static final int SERIES_V2 = 5;
    private static final int SAMPLES = 2;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ByteBudget budget = new ByteBudget(4L * LARGEST);
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private WriteSink(HttpServer server) {
        this.server = server;
    }

    static WriteSink start() throws IOException {
        WriteSink sink =
                new WriteSink(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256));
        sink.server.createContext("/api/v1/write", sink::take);
        sink.server.setExecutor(sink.workers);
        sink.server.start();
        return sink;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/write";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String version = exchange.getRequestHeaders().getFirst("X-Prometheus-Remote-Write-Version");
            boolean second = version != null && version.startsWith("2");
            long found;
            try {
                found = count(body, second ? SERIES_V2 : SERIES_V1);
            } catch (TooLarge | BudgetSpent | CorruptData | IllegalArgumentException e) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            samples.addAndGet(found);
            requests.incrementAndGet();
            bytes.addAndGet(body.length);
            if (second) {
                exchange.getResponseHeaders().set("X-Prometheus-Remote-Write-Samples-Written", Long.toString(found));
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private long count(byte[] body, int seriesField) throws TooLarge, BudgetSpent, CorruptData {
        ByteBuf packed = ByteBufAllocator.DEFAULT.directBuffer(body.length).writeBytes(body);
        ByteBudget.Lease lease = budget.tryAcquire(0);
        if (lease == null) {
            packed.release();
            throw new BudgetSpent(body.length);
        }
        try {
            ByteBuf plain = Unpacker.current().unpack(Coding.SNAPPY, packed, LARGEST, lease, ByteBufAllocator.DEFAULT);
            try {
                return Fields.count(plain, seriesField, SAMPLES);
            } finally {
                plain.release();
            }
        } finally {
            lease.release();
            packed.release();
        }
    }

    long samples() {
        return samples.get();
    }

    long requests() {
        return requests.get();
    }

    /** Of all requests, as they came. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}

package io.lightvessel.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Takes logs by OTLP over HTTP, counts records by their lengths and says yes. */
final class LogsSink implements AutoCloseable {
    private static final int REPEATED = 0x0A;
    private static final int INNER = 0x12;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private LogsSink(HttpServer server) {
        this.server = server;
    }

    static LogsSink start() throws IOException {
        LogsSink sink =
                new LogsSink(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256));
        sink.server.createContext("/v1/logs", sink::take);
        sink.server.setExecutor(sink.workers);
        sink.server.start();
        return sink;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    long records() {
        return records.get();
    }

    long bytes() {
        return bytes.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            records.addAndGet(count(body));
            bytes.addAndGet(body.length);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Records lie in the scopes that lie in the resources. */
    private static long count(byte[] body) {
        Reader reader = new Reader(body);
        long found = 0;
        while (reader.at < body.length) {
            int resource = reader.enter(REPEATED);
            while (reader.at < resource) {
                int tag = reader.varint();
                int end = reader.varint();
                end += reader.at;
                while (tag == INNER && reader.at < end) {
                    int field = reader.varint();
                    int length = reader.varint();
                    found += field == INNER ? 1 : 0;
                    reader.at += length;
                }
                reader.at = end;
            }
        }
        return found;
    }

    /** Where in a request it is. */
    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        int enter(int tag) {
            int found = varint();
            if (found != tag) {
                throw new IllegalStateException("field " + found + " (expected: " + tag + ")");
            }
            int length = varint();
            return at + length;
        }

        int varint() {
            int value = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = bytes[at++];
                value |= (b & 0x7F) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}

package io.lightvessel.gateway.scrape;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** A target that answers what the test says. */
final class ScriptedTarget implements AutoCloseable {
    final AtomicInteger asked = new AtomicInteger();
    volatile byte[] body = {};
    volatile String contentType = "text/plain; version=0.0.4";
    volatile String encoding = "";
    /** What answers wait for. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    volatile String accepts = "";
    /** The header that says for how long the scraper waits. */
    volatile String timeout = "";

    private final HttpServer server;

    ScriptedTarget() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Thread::startVirtualThread);
        server.createContext("/", exchange -> {
            accepts = exchange.getRequestHeaders().getFirst("Accept") + "; "
                    + exchange.getRequestHeaders().getFirst("Accept-Encoding");
            timeout = String.valueOf(exchange.getRequestHeaders().getFirst("X-Prometheus-Scrape-Timeout-Seconds"));
            asked.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!contentType.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", contentType);
            }
            if (!encoding.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Encoding", encoding);
            }
            byte[] bytes = body;
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void say(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
    }

    /** A member of a gzip stream. */
    static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
    }
}

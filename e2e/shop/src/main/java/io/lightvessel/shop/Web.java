package io.lightvessel.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tiny HTTP server on loopback: a path answers with a status and a line of text. */
final class Web implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Web.class);
    private final HttpServer server;

    Web(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        server.setExecutor(Executors.newFixedThreadPool(8));
    }

    Web on(String path, Endpoint endpoint) {
        server.createContext(path, exchange -> answer(exchange, endpoint));
        return this;
    }

    Web start() {
        server.start();
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try (exchange) {
            Answer answer = ask(exchange, endpoint);
            byte[] body = (answer.text() + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Answer ask(HttpExchange exchange, Endpoint endpoint) {
        try {
            return endpoint.answer(query(exchange.getRequestURI().getRawQuery()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(503, "shutting down");
        } catch (IOException | RuntimeException e) {
            log.error("{} failed", exchange.getRequestURI().getPath(), e);
            return new Answer(500, "internal error");
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        if (raw == null) {
            return Map.of();
        }
        return Arrays.stream(raw.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(
                        pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8), (a, b) -> b));
    }

    /** What one path does. */
    interface Endpoint {
        Answer answer(Map<String, String> query) throws IOException, InterruptedException;
    }

    /** An HTTP status with a line of text. */
    record Answer(int status, String text) {}
}

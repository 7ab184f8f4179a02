package io.lightvessel.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** A small HTTP server of the agent. Usually it answers GET with text, a few requests at a time, so that it stays small. */
public final class Endpoint implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int CONCURRENT_REQUESTS = 4;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    static {
        // The JDK's server reads these once; without them a peer that sends a byte a minute stays for ever. Its limit
        // on
        // answers would end streams as well, so those are limited where they are written.
        limit("sun.net.httpserver.maxReqTime", "10");
        limit("jdk.httpserver.maxConnections", "100");
    }

    private final HttpServer server;
    private final ExecutorService executor;

    private Endpoint(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /** What to answer to a path. */
    @FunctionalInterface
    public interface Page {
        Answer answer(String path) throws IOException;
    }

    /** An HTTP answer. */
    public record Answer(int status, String contentType, String body) {}

    /** Throws an {@link IOException} whose message is one sentence when the port is taken. */
    public static Endpoint open(String purpose, String setting, ListenAddress address, Page page) throws IOException {
        return serve(purpose, setting, address, new Handler(page));
    }

    /** The same for a handler that sees to methods, limits and closing the exchange itself. */
    public static Endpoint serve(String purpose, String setting, ListenAddress address, HttpHandler handler)
            throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(address.toSocketAddress(), BACKLOG);
        } catch (BindException e) {
            throw new IOException(
                    "cannot open the " + purpose + " endpoint on " + address + ": " + e.getMessage() + ". Set "
                            + setting + " to a free host:port.",
                    e);
        }
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(executor);
        server.createContext("/", handler);
        server.start();
        return new Endpoint(server, executor);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Answers requests; more than a few at once wait for their turn. */
    private static final class Handler implements HttpHandler {
        private final Page page;
        private final Semaphore slots = new Semaphore(CONCURRENT_REQUESTS);

        Handler(Page page) {
            this.page = page;
        }

        @Override
        public void handle(HttpExchange exchange) throws IOException {
            slots.acquireUninterruptibly();
            try (exchange;
                    TimeLimit limit = new TimeLimit(LONGEST_ANSWER)) {
                String method = exchange.getRequestMethod();
                if (!method.equals("GET") && !method.equals("HEAD")) {
                    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                    exchange.sendResponseHeaders(405, -1);
                    return;
                }
                Answer answer = page.answer(exchange.getRequestURI().getPath());
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", answer.contentType());
                if (method.equals("HEAD")) {
                    exchange.sendResponseHeaders(answer.status(), -1);
                    return;
                }
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            } finally {
                slots.release();
            }
        }
    }
}

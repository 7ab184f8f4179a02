package io.lightvessel.gateway.pprof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** An application with profiles under paths of the test's choice; knows who asked for what. */
final class ProfiledApp implements AutoCloseable {

    /** Answers one request. */
    interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    /** Path and query of every request. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    ProfiledApp() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            Page page = pages.get(exchange.getRequestURI().getPath());
            if (page == null) {
                send(
                        exchange,
                        404,
                        "text/plain",
                        "Unknown profile\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } else {
                page.answer(exchange);
            }
        });
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void serve(String path, Supplier<byte[]> body) {
        page(path, exchange -> send(exchange, 200, "application/octet-stream", body.get()));
    }

    void page(String path, Page page) {
        pages.put(path, page);
    }

    void remove(String path) {
        pages.remove(path);
    }

    long askedFor(String path) {
        return asked.stream().filter(uri -> uri.split("\\?")[0].equals(path)).count();
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

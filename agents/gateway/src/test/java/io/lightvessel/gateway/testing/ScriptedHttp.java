package io.lightvessel.gateway.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** An HTTP server that answers each request as the test told it, and 200 when it was told nothing. */
public final class ScriptedHttp implements AutoCloseable {
    /** One request as it arrived. */
    public record Request(String path, Map<String, String> headers, byte[] body) {}

    private record Step(int status, Map<String, String> headers, byte[] body) {}

    private final HttpServer server;
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    public final List<Request> requests = new CopyOnWriteArrayList<>();
    /** Where each request came from. */
    public final List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();

    public ScriptedHttp() throws IOException {
        this("127.0.0.1", 0);
    }

    public ScriptedHttp(String host, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/", exchange -> {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            clients.add(exchange.getRemoteAddress());
            requests.add(new Request(
                    exchange.getRequestURI().getPath(),
                    headers,
                    exchange.getRequestBody().readAllBytes()));
            Step step = steps.poll();
            Step now = step == null ? new Step(200, Map.of(), new byte[0]) : step;
            now.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(now.status(), now.body().length == 0 ? -1 : now.body().length);
            exchange.getResponseBody().write(now.body());
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void answer(int status, Map<String, String> headers, byte[] body) {
        steps.add(new Step(status, headers, body));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

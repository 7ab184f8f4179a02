package io.lightvessel.local.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/** The sink's page and its JSON API: counts, and the latest spans, logs, series and profiles that match. */
final class Queries implements HttpHandler {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Store store;

    Queries(Store store) {
        this.store = store;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            try {
                QueryString query = QueryString.parse(exchange.getRequestURI().getRawQuery());
                switch (path) {
                    case "/" -> send(exchange, 200, "text/html; charset=utf-8", page());
                    case "/api/counts" -> json(exchange, 200, store.counts());
                    case "/api/spans" -> json(exchange, 200, list(store.spans(spans(query), query.limit())));
                    case "/api/logs" -> json(exchange, 200, list(store.logs(logs(query), query.limit())));
                    case "/api/metrics" -> json(exchange, 200, list(store.points(points(query), query.limit())));
                    case "/api/profiles" -> json(exchange, 200, list(store.profiles(profiles(query), query.limit())));
                    default -> json(exchange, 404, problem(404, "path: " + path + " (expected: /, /api/counts, …)"));
                }
            } catch (IllegalArgumentException e) {
                json(exchange, 400, problem(400, String.valueOf(e.getMessage())));
            }
        }
    }

    private static Predicate<Telemetry.Span> spans(QueryString query) {
        Map<String, String> wanted = query.pairs("attr");
        String name = query.first("name", "");
        String trace = query.first("trace", "");
        return span -> span.has(wanted)
                && (name.isEmpty() || span.name().equals(name))
                && (trace.isEmpty() || span.traceId().equals(trace));
    }

    private static Predicate<Telemetry.LogLine> logs(QueryString query) {
        Map<String, String> wanted = query.pairs("attr");
        String text = query.first("text", "").toLowerCase(Locale.ROOT);
        return line -> line.has(wanted) && line.body().toLowerCase(Locale.ROOT).contains(text);
    }

    private static Predicate<Telemetry.Point> points(QueryString query) {
        Map<String, String> wanted = query.pairs("attr");
        String name = query.first("name", "");
        return point -> point.has(wanted) && (name.isEmpty() || point.name().equals(name));
    }

    private static Predicate<Telemetry.ProfileSeries> profiles(QueryString query) {
        Map<String, String> wanted = query.pairs("attr");
        String name = query.first("name", "");
        return profile ->
                profile.has(wanted) && (name.isEmpty() || profile.name().equals(name));
    }

    private static Map<String, Object> list(List<?> items) {
        return Map.of("items", items);
    }

    private static Map<String, Object> problem(int status, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("status", status);
        problem.put("detail", detail);
        return problem;
    }

    private static byte[] page() throws IOException {
        try (InputStream page = Queries.class.getResourceAsStream("page.html")) {
            if (page == null) {
                throw new IllegalStateException("page.html is missing in the sink's jar");
            }
            return page.readAllBytes();
        }
    }

    private static void json(HttpExchange exchange, int status, Object body) throws IOException {
        String type = status == 200 ? "application/json" : "application/problem+json";
        send(exchange, status, type, JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.getResponseHeaders().add("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}

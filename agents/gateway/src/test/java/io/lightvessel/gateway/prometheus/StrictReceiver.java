package io.lightvessel.gateway.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A receiver of remote write 2.0 that notes everything that breaks the specification; it answers as the test says. */
public final class StrictReceiver implements AutoCloseable {
    /** How one request is answered. */
    record Answer(int status, Map<String, String> headers, String body) {}

    final List<WrittenV2> written = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
    final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    /** When each request was there, by {@link System#nanoTime()}. */
    final List<Long> times = new CopyOnWriteArrayList<>();

    private final List<String> accepted = new CopyOnWriteArrayList<>();
    final List<String> must = new CopyOnWriteArrayList<>();
    final List<String> should = new CopyOnWriteArrayList<>();
    /** Answers to the next requests; when there are none left, everything has been written. */
    final ConcurrentLinkedQueue<Function<WrittenV2, Answer>> answers = new ConcurrentLinkedQueue<>();

    /** Whether the series that scrapers add are kept apart: they are checked, but not among the lines. */
    boolean reportsApart;

    private final HttpServer server;

    public StrictReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                take(exchange);
            }
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/write";
    }

    static Answer all(WrittenV2 request) {
        return allBut(0, 204, request, "");
    }

    /** All but some samples have been written. */
    static Answer allBut(int samples, int status, WrittenV2 request, String body) {
        return counted(
                status, request.samples + request.reports - samples, request.histograms, request.exemplars, body);
    }

    static Answer counted(int status, int samples, int histograms, int exemplars, String body) {
        Map<String, String> counts = new HashMap<>();
        counts.put("X-Prometheus-Remote-Write-Samples-Written", String.valueOf(samples));
        counts.put("X-Prometheus-Remote-Write-Histograms-Written", String.valueOf(histograms));
        counts.put("X-Prometheus-Remote-Write-Exemplars-Written", String.valueOf(exemplars));
        return new Answer(status, counts, body);
    }

    void answer(int status, Map<String, String> headers, String body) {
        answers.add(request -> new Answer(status, headers, body));
    }

    /** What breaks the specification. */
    public List<String> must() {
        return must;
    }

    /** All series as lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        written.forEach(request -> lines.addAll(request.lines));
        return lines;
    }

    /** The series of requests that were answered with success. */
    List<String> accepted() {
        return accepted;
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> sent = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            sent.put(name, String.join(",", values));
            if (values.size() > 1) {
                must.add(name + " is there " + values.size() + " times");
            }
        });
        times.add(System.nanoTime());
        headers.add(sent);
        byte[] body = exchange.getRequestBody().readAllBytes();
        bodies.add(body);
        expect(exchange.getRequestMethod(), "POST");
        expect(sent.get("Content-encoding"), "snappy");
        if (sent.getOrDefault("User-agent", "").isEmpty()) {
            must.add("no User-Agent");
        } else if (!sent.get("User-agent").matches("[^ /()]+/[^ /()]+.*")) {
            should.add("User-Agent: " + sent.get("User-agent"));
        }
        WrittenV2 request = null;
        if ("application/x-protobuf".equals(sent.get("Content-type"))) {
            expect(sent.get("X-prometheus-remote-write-version"), "0.1.0");
        } else {
            expect(sent.get("Content-type"), "application/x-protobuf;proto=io.prometheus.write.v2.Request");
            expect(sent.get("X-prometheus-remote-write-version"), "2.0.0");
            request = new WrittenV2(body, reportsApart);
            must.addAll(request.must);
            should.addAll(request.should);
            written.add(request);
        }
        Function<WrittenV2, Answer> next = answers.poll();
        Answer answer;
        if (request == null) {
            answer = next == null ? new Answer(204, Map.of(), "") : next.apply(new WrittenV2(new byte[] {0}, false));
        } else {
            answer = next == null ? all(request) : next.apply(request);
        }
        if (request != null && answer.status() / 100 == 2) {
            accepted.addAll(request.lines);
        }
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
    }

    private void expect(String found, String expected) {
        if (!expected.equals(found)) {
            must.add(found + " (expected: " + expected + ")");
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

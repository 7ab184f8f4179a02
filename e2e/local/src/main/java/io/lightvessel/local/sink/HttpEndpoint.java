package io.lightvessel.local.sink;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.lightvessel.local.sink.Store.Kind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The sink's HTTP side: OTLP/HTTP, remote write and profiles in, the page and the query API out. */
final class HttpEndpoint implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final Store store;
    private final int bodyLimit;

    HttpEndpoint(int port, Store store, Otlp otlp, int bodyLimit) throws IOException {
        this.store = store;
        this.bodyLimit = bodyLimit;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        // Loki takes OTLP below /otlp; the sink answers there too, so that one can stand in for the other.
        for (String base : new String[] {"", "/otlp"}) {
            take(base + "/v1/traces", Kind.TRACES, b -> otlp.traces(ExportTraceServiceRequest.parseFrom(b)));
            take(base + "/v1/metrics", Kind.METRICS, b -> otlp.metrics(ExportMetricsServiceRequest.parseFrom(b)));
            take(base + "/v1/logs", Kind.LOGS, b -> otlp.logs(ExportLogsServiceRequest.parseFrom(b)));
        }
        take("/v1development/profiles", Kind.PROFILES, b -> otlp.profiles(ExportProfilesServiceRequest.parseFrom(b)));
        ProfilePushes pushes = new ProfilePushes(store, bodyLimit);
        server.createContext("/push.v1.PusherService/Push", exchange -> {
            try (exchange) {
                push(exchange, pushes);
            }
        });
        RemoteWrite remoteWrite = new RemoteWrite(store);
        server.createContext("/api/v1/write", exchange -> {
            try (exchange) {
                remoteWrite(exchange, remoteWrite);
            }
        });
        HttpHandler queries = new Queries(store);
        server.createContext("/", queries);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(String path, Kind kind, Taker taker) {
        server.createContext(path, exchange -> {
            try (exchange) {
                otlp(exchange, kind, taker);
            }
        });
    }

    private void otlp(HttpExchange exchange, Kind kind, Taker taker) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            refuse(exchange, kind, 405, "method: " + exchange.getRequestMethod() + " (expected: POST)");
            return;
        }
        String type = header(exchange, "Content-Type");
        if (!"application/x-protobuf".equals(type)) {
            refuse(exchange, kind, 415, "Content-Type: " + type + " (expected: application/x-protobuf)");
            return;
        }
        try {
            taker.take(body(exchange));
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        } catch (InvalidProtocolBufferException e) {
            refuse(exchange, kind, 400, "body: not the protobuf message of this path: " + e.getMessage());
        } catch (BadBody e) {
            refuse(exchange, kind, 400, String.valueOf(e.getMessage()));
        }
    }

    private void remoteWrite(HttpExchange exchange, RemoteWrite remoteWrite) throws IOException {
        if (!"snappy".equals(header(exchange, "Content-Encoding"))) {
            refuseText(exchange, 415, "Content-Encoding: expected snappy");
            return;
        }
        try {
            remoteWrite.accept(bounded(exchange.getRequestBody()), bodyLimit);
            exchange.sendResponseHeaders(204, -1);
        } catch (BadBody e) {
            refuseText(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    /** As Pyroscope answers, in the Connect protocol. */
    private void push(HttpExchange exchange, ProfilePushes pushes) throws IOException {
        String type = header(exchange, "Content-Type");
        if (!"application/proto".equals(type)) {
            refusePush(exchange, 415, "unknown", "Content-Type: " + type + " (expected: application/proto)");
            return;
        }
        try {
            pushes.accept(body(exchange));
            exchange.getResponseHeaders().add("Content-Type", "application/proto");
            exchange.sendResponseHeaders(200, -1);
        } catch (BadBody | InvalidProtocolBufferException | ZipException e) {
            refusePush(exchange, 400, "invalid_argument", String.valueOf(e.getMessage()));
        }
    }

    private void refusePush(HttpExchange exchange, int status, String code, String message) throws IOException {
        store.refused(Kind.PROFILES);
        byte[] body = JSON.writeValueAsBytes(Map.of("code", code, "message", message));
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private byte[] body(HttpExchange exchange) throws IOException {
        String encoding = header(exchange, "Content-Encoding");
        InputStream in = exchange.getRequestBody();
        if (encoding == null || encoding.equals("identity")) {
            return bounded(in);
        }
        if (encoding.equals("gzip")) {
            return bounded(new GZIPInputStream(in));
        }
        throw new BadBody("Content-Encoding: " + encoding + " (expected: gzip or none)");
    }

    private byte[] bounded(InputStream in) throws IOException {
        byte[] body = in.readNBytes(bodyLimit + 1);
        if (body.length > bodyLimit) {
            throw new BadBody("body: more than " + bodyLimit + " bytes unpacked");
        }
        return body;
    }

    private void refuse(HttpExchange exchange, Kind kind, int status, String message) throws IOException {
        store.refused(kind);
        byte[] body = Status.newBuilder().setMessage(message).build().toByteArray();
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void refuseText(HttpExchange exchange, int status, String message) throws IOException {
        store.refused(Kind.REMOTE_WRITE);
        byte[] body = (message + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static @Nullable String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** Takes the unpacked body of one request. */
    private interface Taker {
        void take(byte[] body) throws IOException;
    }
}

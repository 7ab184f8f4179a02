package io.lightvessel.agent.loki;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;

/**
 * Takes lines by Loki's own rules, pushed or as OTLP: at most 15 labels, and nothing more than an hour behind the newest line
 * of a stream, for which the whole request is refused. Unlike Loki it also writes down each line that is not in order.
 */
final class StrictLoki implements AutoCloseable {
    private static final int MOST_LABELS = 15;
    private static final long WINDOW = 3_600_000_000_000L;
    /** What Loki makes labels of when it receives OTLP, as far as collectors of pod logs send it. */
    private static final Set<String> INDEXED = Set.of(
            "k8s.cluster.name",
            "k8s.container.name",
            "k8s.cronjob.name",
            "k8s.daemonset.name",
            "k8s.deployment.name",
            "k8s.job.name",
            "k8s.namespace.name",
            "k8s.pod.name",
            "k8s.replicaset.name",
            "k8s.statefulset.name",
            "service.instance.id",
            "service.name",
            "service.namespace");

    final List<StoredLine> lines = new CopyOnWriteArrayList<>();
    final List<String> violations = new CopyOnWriteArrayList<>();
    volatile boolean away;
    final AtomicInteger refused = new AtomicInteger();

    private final Map<SortedMap<String, String>, Long> newest = new HashMap<>();
    private final HttpServer server;

    StrictLoki() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/loki/api/v1/push", exchange -> take(exchange, true));
        server.createContext("/otlp/v1/logs", exchange -> take(exchange, false));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange, boolean pushed) throws IOException {
        try (exchange) {
            byte[] body = body(exchange);
            if (away) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            dawdle();
            String problem = store(pushed ? PushRequest.lines(SnappyBlock.unpack(body)) : otlp(body));
            byte[] answer = problem.getBytes(StandardCharsets.UTF_8);
            int good = pushed ? 204 : 200;
            exchange.sendResponseHeaders(problem.isEmpty() ? good : 400, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException | RuntimeException e) {
            violations.add(e.toString());
            throw e;
        }
    }

    /** Answers as unevenly as a busy backend: most requests at once, one in four late. */
    private static void dawdle() {
        if (ThreadLocalRandom.current().nextInt(4) == 0) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(60_000_000));
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return (gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()).readAllBytes();
    }

    private synchronized String store(List<StoredLine> sent) {
        for (StoredLine line : sent) {
            long last = newest.getOrDefault(line.labels(), Long.MIN_VALUE);
            if (line.nanos() < last) {
                violations.add("not in order: " + line);
            }
            if (last != Long.MIN_VALUE && line.nanos() < last - WINDOW) {
                violations.add("too far behind: " + line);
                return "entry too far behind";
            }
            if (line.labels().isEmpty() || line.labels().size() > MOST_LABELS) {
                violations.add(line.labels().size() + " labels: " + line.labels());
                return "max label names exceeded";
            }
            newest.merge(line.labels(), line.nanos(), Math::max);
        }
        lines.addAll(sent);
        return "";
    }

    private static List<StoredLine> otlp(byte[] body) throws IOException {
        List<StoredLine> lines = new ArrayList<>();
        for (ResourceLogs resource : ExportLogsServiceRequest.parseFrom(body).getResourceLogsList()) {
            SortedMap<String, String> labels = new TreeMap<>();
            Map<String, String> rest = new LinkedHashMap<>();
            for (KeyValue attribute : resource.getResource().getAttributesList()) {
                (INDEXED.contains(attribute.getKey()) ? labels : rest).put(name(attribute), text(attribute));
            }
            resource.getScopeLogsList()
                    .forEach(scope -> scope.getLogRecordsList().forEach(record -> {
                        Map<String, String> beside = new LinkedHashMap<>(rest);
                        record.getAttributesList().forEach(attribute -> beside.put(name(attribute), text(attribute)));
                        lines.add(new StoredLine(
                                labels,
                                record.getTimeUnixNano(),
                                record.getBody().getStringValue(),
                                beside));
                    }));
        }
        return lines;
    }

    private static String name(KeyValue attribute) {
        return attribute.getKey().replaceAll("[^A-Za-z0-9_]", "_");
    }

    private static String text(KeyValue attribute) {
        return attribute.getValue().hasIntValue()
                ? Long.toString(attribute.getValue().getIntValue())
                : attribute.getValue().getStringValue();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

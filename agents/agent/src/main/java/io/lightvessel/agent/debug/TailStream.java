package io.lightvessel.agent.debug;

import com.sun.net.httpserver.HttpExchange;
import io.lightvessel.agent.http.TimeLimit;
import io.lightvessel.config.PipelineId;
import io.lightvessel.gateway.tail.RecordFilter;
import io.lightvessel.gateway.tail.TelemetryRecord;
import io.lightvessel.pipeline.EdgeWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import tools.jackson.core.JsonGenerator;

/** Sends what passes an edge as server-sent events: {@code records} as they come, {@code counts} every second. */
final class TailStream {
    static final int MOST_SESSIONS = 4;
    private static final int DEFAULT_LIMIT = 50;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);
    // The viewer asks again by itself, and is looked at again.
    private static final Duration LONGEST_SESSION = Duration.ofHours(1);

    private final Insight insight;
    private final Semaphore sessions = new Semaphore(MOST_SESSIONS);

    TailStream(Insight insight) {
        this.insight = insight;
    }

    /** Answers a request; returns when the viewer has gone. */
    void serve(HttpExchange exchange, Query query) throws IOException, InterruptedException {
        PipelineId pipeline;
        String[] ends;
        RecordFilter filter;
        int limit;
        try {
            pipeline = PipelineId.parse(query.get("pipeline"));
            ends = ends(query.get("edge"));
            filter = RecordFilter.parse(query.get("filter"));
            limit = limit(query.get("limit"));
        } catch (IllegalArgumentException e) {
            Reply.problem(400, "Bad request", String.valueOf(e.getMessage())).send(exchange);
            return;
        }
        if (!sessions.tryAcquire()) {
            Reply.problem(
                            503,
                            "Too many live tails",
                            MOST_SESSIONS + " live tails are open on this agent already. Close one of them.")
                    .send(exchange);
            return;
        }
        SampleQueue queue = new SampleQueue();
        try {
            Optional<EdgeWatch> watch = insight.watch(pipeline, ends[0], ends[1], queue);
            if (watch.isEmpty()) {
                Reply.problem(
                                404,
                                "No such edge",
                                "The pipeline " + pipeline + " has no connection from " + ends[0] + " to " + ends[1]
                                        + ".")
                        .send(exchange);
                return;
            }
            try (EdgeWatch watching = watch.get()) {
                stream(exchange, new Tail(queue, filter, limit));
            }
        } finally {
            queue.close();
            sessions.release();
        }
    }

    private static String[] ends(String edge) {
        String[] ends = edge.split("->", -1);
        if (ends.length != 2 || ends[0].isBlank() || ends[1].isBlank()) {
            throw new IllegalArgumentException(
                    "edge: " + edge + " (expected: FROM->TO, such as receiver/otlp->exporter/otlphttp)");
        }
        return ends;
    }

    private static int limit(String text) {
        if (text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("\\d{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= Tail.MOST_PER_SECOND) {
                return limit;
            }
        }
        throw new IllegalArgumentException(
                "limit: " + text + " (expected: records per second, 1.." + Tail.MOST_PER_SECOND + ")");
    }

    private static void stream(HttpExchange exchange, Tail tail) throws IOException, InterruptedException {
        Reply.protect(exchange.getResponseHeaders());
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        long start = System.nanoTime();
        long counted = start;
        send(out, "counts", Json.text(json -> write(json, tail.counts())));
        while (System.nanoTime() - start < LONGEST_SESSION.toNanos()) {
            List<TelemetryRecord> records = tail.next(LONGEST_WAIT);
            if (!records.isEmpty()) {
                send(out, "records", Json.text(json -> {
                    json.writeStartArray();
                    records.forEach(record -> RecordJson.write(json, record));
                    json.writeEndArray();
                }));
            }
            if (System.nanoTime() - counted >= BETWEEN_COUNTS.toNanos()) {
                counted = System.nanoTime();
                send(out, "counts", Json.text(json -> write(json, tail.counts())));
            }
        }
    }

    private static void send(OutputStream out, String event, String data) throws IOException {
        try (TimeLimit limit = new TimeLimit(LONGEST_WRITE)) {
            out.write(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static void write(JsonGenerator json, Tail.Counts counts) {
        json.writeStartObject();
        json.writeNumberProperty("payloads", counts.payloads());
        json.writeNumberProperty("records", counts.records());
        json.writeNumberProperty("missedPayloads", counts.missed());
        json.writeNumberProperty("decoded", counts.decoded());
        json.writeNumberProperty("matched", counts.matched());
        json.writeNumberProperty("shown", counts.shown());
        json.writeNumberProperty("unreadable", counts.unreadable());
        json.writeEndObject();
    }
}

package io.lightvessel.bench.micro;

import io.lightvessel.bench.load.Bodies;
import io.lightvessel.bench.load.Telemetry;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.ComponentFactories;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.ExporterContext;
import io.lightvessel.pipeline.ExporterFactory;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.ReceiverFactory;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine and nothing around it: requests are handed in by a call and end in an exporter that does nothing. */
final class Passage implements AutoCloseable {

    private final Deque<Delivery> underWay = new ArrayDeque<>();
    private final Engine engine;
    private final boolean keeping;
    private final Tally tally = new Tally();
    private final Payload request;
    private @Nullable Outlet way;

    /**
     * @param processors the section of a config, or nothing
     * @param names of these processors
     * @param attributes of each of the 1000 log records
     * @param keeping deliveries stay open until {@link #endOldest} completes them; else each ends at once
     */
    Passage(String processors, List<String> names, int attributes, boolean keeping) {
        this.keeping = keeping;
        this.engine = Engine.create(
                new EngineOptions(1L << 30, Duration.ofSeconds(1), "bench", "bench"),
                ComponentFactories.of(List.of(new In()), List.of(new Out())));
        if (!(engine.apply(config(processors, names)) instanceof ApplyOutcome.Applied applied)
                || !applied.broken().isEmpty()) {
            throw new IllegalStateException("the config does not run");
        }
        byte[] bytes = Bodies.make(Telemetry.LOGS, 1000, attributes, 0);
        try {
            request = Payload.walk(
                    Signal.LOGS,
                    ByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes));
        } catch (MalformedPayload e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a file of the benchmark's own configs says. */
    static String resource(String name) {
        try (InputStream in = Passage.class.getResourceAsStream("/io/lightvessel/bench/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PipelineConfig config(String processors, List<String> names) {
        String text = """
                receivers: {otlp: {protocols: {grpc: }}}
                exporters:
                  otlp:
                    endpoint: "127.0.0.1:1"
                    sending_queue: {queue_size: 100, block_on_overflow: true}
                service: {pipelines: {logs: {receivers: [otlp], processors: %s, exporters: [otlp]}}}
                """.formatted(names);
        return switch (ConfigParser.parse(text + processors, Environment.of(Map.of()))) {
            case ParseOutcome.Valid valid -> valid.config();
            case ParseOutcome.Invalid invalid ->
                throw new IllegalStateException(invalid.findings().toString());
        };
    }

    /** Hands the request in once more; returns how many were accepted so far. */
    long offer() {
        Outlet outlet = way;
        if (outlet == null) {
            throw new IllegalStateException("the receiver has not started");
        }
        outlet.accept(request.retain(), tally);
        return tally.accepted;
    }

    void endOldest() {
        underWay.remove().delivered();
    }

    @Override
    public void close() {
        while (!underWay.isEmpty()) {
            endOldest();
        }
        engine.close();
        request.release();
    }

    private static final class Tally implements Result {
        private long accepted;

        @Override
        public void accepted() {
            accepted++;
        }

        @Override
        public void refused(Refusal refusal) {
            throw new IllegalStateException(refusal.message());
        }
    }

    private final class In implements ReceiverFactory {
        @Override
        public String type() {
            return "otlp";
        }

        @Override
        public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous) {
            way = context.outlet(Signal.LOGS, "call");
            return Prepared.ready(_ -> {
                // Nothing listens.
            });
        }
    }

    private final class Out implements ExporterFactory, Exporter {
        @Override
        public String type() {
            return "otlp";
        }

        @Override
        public Prepared<Exporter> prepare(ExporterContext context, Settings settings, @Nullable Exporter previous) {
            return Prepared.ready(this);
        }

        @Override
        public void export(Payload payload, Delivery delivery) {
            payload.release();
            if (keeping) {
                underWay.add(delivery);
            } else {
                delivery.delivered();
            }
        }

        @Override
        public boolean isPrompt() {
            return true;
        }

        @Override
        public String endpoint() {
            return "nowhere";
        }

        @Override
        public void stop(Duration grace) {
            // Nothing runs.
        }
    }
}

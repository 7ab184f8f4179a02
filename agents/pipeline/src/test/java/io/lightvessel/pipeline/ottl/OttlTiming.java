package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorHarness;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prints what statements cost per record of 12 attributes, next to copying the request in memory. Not a test: run its
 * {@code main}.
 */
final class OttlTiming {

    private static final int RECORDS = 1000;
    private static final int ROUNDS = 300;
    private static final int BLOCKS = 12;

    private OttlTiming() {}

    public static void main(String[] args) {
        Payload payload = Fixtures.payload(Signal.LOGS, Telling.request(logs()));
        System.out.printf("%d bytes per record%n", payload.size() / RECORDS);
        double copy = best(() -> copy(payload));
        System.out.printf("%-90s %7.0f ns per record%n", "memory copy", copy);
        time(
                payload,
                copy,
                "set(attributes[\"key-renamed\"], attributes[\"key-3\"])",
                "delete_key(attributes, \"key-3\")");
        time(payload, copy, "set(severity_text, \"x\") where attributes[\"key-3\"] == \"nothing like this\"");
        time(payload, copy, "set(severity_text, \"x\") where IsMatch(attributes[\"key-3\"], \"^nothing\")");
        time(payload, copy, "set(severity_text, \"x\") where IsMatch(attributes[\"key-3\"], \"val[a-f]+$\")");
        time(
                payload,
                copy,
                "set(severity_text, \"x\") where resource.attributes[\"a\"] == nil and severity_number > 9");
        time(payload, copy, "keep_keys(attributes, [\"key-1\", \"key-2\", \"key-3\", \"key-4\"])");
        time(payload, copy, "truncate_all(attributes, 100)");
        time(payload, copy, "replace_pattern(attributes[\"key-3\"], \"[0-9]+\", \"*\")");
        payload.release();
    }

    private static LogRecord[] logs() {
        Random random = new Random(1);
        List<LogRecord> logs = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            LogRecord.Builder log = LogRecord.newBuilder()
                    .setTimeUnixNano(random.nextLong())
                    .setSeverityText("INFO")
                    .setBody(AnyValue.newBuilder()
                            .setStringValue("GET /api/products/" + random.nextInt() + " took 12 ms"));
            for (int a = 0; a < 12; a++) {
                log.addAttributes(Fixtures.attribute("key-" + a, "value of this attribute " + random.nextInt(1000)));
            }
            logs.add(log.build());
        }
        return logs.toArray(LogRecord[]::new);
    }

    private static void copy(Payload payload) {
        ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(payload.size());
        copy.writeBytes(payload.bytes(), payload.bytes().readerIndex(), payload.size());
        copy.release();
    }

    private static void time(Payload payload, double copy, String... statements) {
        ProcessorHarness harness = Telling.transform(Signal.LOGS, "log", statements);
        double cost = best(() -> {
            harness.processor().accept(payload.retain(), NoResult.INSTANCE);
            harness.releaseAll();
            harness.passedResults.clear();
        });
        System.out.printf("%-90s %7.0f ns per record, %.1f copies%n", String.join("; ", statements), cost, cost / copy);
    }

    private static double best(Runnable run) {
        double best = Double.MAX_VALUE;
        for (int block = 0; block < BLOCKS; block++) {
            long start = System.nanoTime();
            for (int i = 0; i < ROUNDS; i++) {
                run.run();
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) ROUNDS / RECORDS);
        }
        return best;
    }

    private enum NoResult implements io.lightvessel.pipeline.Result {
        INSTANCE;

        @Override
        public void accepted() {
            // Nobody waits for it.
        }

        @Override
        public void refused(io.lightvessel.pipeline.Refusal refusal) {
            throw new IllegalStateException(refusal.message());
        }
    }
}

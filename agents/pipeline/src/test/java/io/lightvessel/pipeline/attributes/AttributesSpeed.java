package io.lightvessel.pipeline.attributes;

import com.google.protobuf.ByteString;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorHarness;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints what a record costs in the walk and in processors: no test, run by hand on a quiet machine. */
final class AttributesSpeed {

    private static final int RECORDS = 1000;
    private static final int ATTRIBUTES = 12;

    private AttributesSpeed() {}

    public static void main(String[] args) throws Exception {
        byte[] request = request().toByteArray();
        System.out.printf("%d bytes per record%n", request.length / RECORDS);
        ByteBuf direct = ByteBufAllocator.DEFAULT.directBuffer().writeBytes(request);
        time(
                "structural walk",
                () -> Payload.walk(Signal.LOGS, direct.retainedDuplicate()).release());
        ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(request.length);
        time("memory copy", () -> copy.clear().writeBytes(direct, direct.readerIndex(), request.length));
        processor(direct, "attributes", "{ actions: [" + renames(1) + "] }", "1 rename");
        processor(direct, "attributes", "{ actions: [" + renames(10) + "] }", "10 renames");
        processor(direct, "attributes", "{ actions: [{ key: nothing, action: delete }] }", "nothing to edit");
        processor(direct, "resource", "{ attributes: [" + renames(1) + "] }", "1 rename");
        processor(direct, "probabilistic_sampler", "{ sampling_percentage: 10 }", "10 % by hash");
    }

    private static void processor(ByteBuf bytes, String type, String settings, String what) throws Exception {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, type, settings);
        Payload payload = Payload.walk(Signal.LOGS, bytes.retainedDuplicate());
        time(type + ", " + what, () -> {
            harness.send(payload.retain());
            harness.releaseAll();
            harness.passedResults.clear();
        });
    }

    private static String renames(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{ key: renamed.attribute.%d, from_attribute: some.attribute.%d, action: insert }, "
                                .formatted(i, i)
                        + "{ key: some.attribute.%d, action: delete }".formatted(i))
                .collect(Collectors.joining(", "));
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void time(String what, Step step) throws Exception {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            long from = System.nanoTime();
            for (int i = 0; i < 400; i++) {
                step.run();
            }
            best = Math.min(best, (System.nanoTime() - from) / (400.0 * RECORDS));
        }
        System.out.printf("%-45s %7.1f ns per record%n", what, best);
    }

    private static ExportLogsServiceRequest request() {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = 0; i < RECORDS; i++) {
            LogRecord.Builder log = LogRecord.newBuilder()
                    .setTimeUnixNano(1_700_000_000_000_000_000L + i)
                    .setObservedTimeUnixNano(1_700_000_000_000_000_000L + i)
                    .setSeverityNumberValue(9)
                    .setSeverityText("INFO")
                    .setTraceId(ByteString.copyFrom(
                            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, (byte) i, 14, 15, 16}))
                    .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
                    .setBody(Fixtures.text("order " + i + " was accepted and will be shipped to its customer"));
            for (int a = 0; a < ATTRIBUTES; a++) {
                log.addAttributes(Fixtures.attribute("some.attribute." + a, "a value of " + i));
            }
            scope.addLogRecords(log);
        }
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        request.addResourceLogsBuilder().setResource(Fixtures.resource("shop")).addScopeLogs(scope);
        return request.build();
    }
}

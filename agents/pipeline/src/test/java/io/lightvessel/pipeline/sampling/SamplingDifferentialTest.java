package io.lightvessel.pipeline.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.ProcessorHarness;
import io.lightvessel.pipeline.RandomWire;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random requests through the sampler: what comes out must be what decoding, deciding and encoding leaves of them. */
class SamplingDifferentialTest {

    private static final int ROUNDS = Integer.getInteger("sampling.rounds", 600);
    private static final String RANDOMNESS = "sampling.randomness";
    private static final String THRESHOLD = "sampling.threshold";
    private static final String SOURCE = "source";
    private static final String PRIORITY = "percentage";

    @ParameterizedTest
    @ValueSource(strings = {"hash_seed", "equalizing", "proportional"})
    void spansAreThoseADecodingSamplerKeeps(String mode) throws Exception {
        int kept = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed * 31L + mode.length());
            NaiveSampler naive = sampler(mode, random);
            ExportTraceServiceRequest request =
                    marked((ExportTraceServiceRequest) Fixtures.randomRequest(Signal.TRACES, random), random);
            ExportTraceServiceRequest expected = kept(request, item -> sampled(item, naive));
            assertThat(kept((ExportTraceServiceRequest) run(Signal.TRACES, naive, "", request), Optional::of))
                    .as("seed %d: %s", seed, naive)
                    .isEqualTo(expected);
            kept += expected.getResourceSpansCount() > 0 ? 1 : 0;
        }
        assertThat(kept).as("requests with something left").isBetween(ROUNDS / 5, ROUNDS - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash_seed", "equalizing", "proportional"})
    void logsAreThoseADecodingSamplerKeeps(String mode) throws Exception {
        int kept = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed * 37L + mode.length());
            NaiveSampler naive = sampler(mode, random);
            ExportLogsServiceRequest request =
                    marked((ExportLogsServiceRequest) Fixtures.randomRequest(Signal.LOGS, random), random);
            RecordKeys keys = new RecordKeys(random.nextInt(3) > 0, random.nextBoolean(), random.nextBoolean());
            ExportLogsServiceRequest expected = kept(request, item -> sampled(item, naive, keys));
            assertThat(kept((ExportLogsServiceRequest) run(Signal.LOGS, naive, keys.settings(), request), Optional::of))
                    .as("seed %d: %s, %s", seed, naive, keys)
                    .isEqualTo(expected);
            kept += expected.getResourceLogsCount() > 0 ? 1 : 0;
        }
        assertThat(kept).as("requests with something left").isBetween(ROUNDS / 5, ROUNDS - 1);
    }

    private static NaiveSampler sampler(String mode, Random random) {
        float percentage = random.nextInt(4) == 0 ? 0.01f + random.nextFloat() : 1 + random.nextInt(100);
        return new NaiveSampler(mode, percentage, 1 + random.nextInt(14), random.nextInt(), random.nextBoolean());
    }

    /** What only log records are sampled by. */
    private record RecordKeys(boolean byTraceId, boolean fromAttribute, boolean priority) {

        String settings() {
            return ", attribute_source: " + (byTraceId ? "traceID" : "record")
                    + (fromAttribute || !byTraceId ? ", from_attribute: " + SOURCE : "")
                    + (priority ? ", sampling_priority: " + PRIORITY : "");
        }

        /** The bytes that a record's randomness comes from. */
        byte[] source(LogRecord log, boolean hashes) {
            byte[] id = log.getTraceId().toByteArray();
            if (!hashes || (byTraceId && id.length > 0)) {
                return id;
            }
            AnyValue value = fromAttribute || !byTraceId ? value(log.getAttributesList(), SOURCE) : null;
            if (value == null) {
                return new byte[0];
            }
            return switch (value.getValueCase()) {
                case STRING_VALUE -> value.getStringValueBytes().toByteArray();
                case BYTES_VALUE -> value.getBytesValue().toByteArray();
                case INT_VALUE -> ("" + value.getIntValue()).getBytes(StandardCharsets.UTF_8);
                case BOOL_VALUE -> ("" + value.getBoolValue()).getBytes(StandardCharsets.UTF_8);
                default -> new byte[0];
            };
        }

        @Nullable
        Double demanded(LogRecord log) {
            AnyValue value = priority ? value(log.getAttributesList(), PRIORITY) : null;
            if (value == null) {
                return null;
            }
            double percentage = value.hasIntValue() ? value.getIntValue() : value.getDoubleValue();
            boolean number = value.hasIntValue() || value.hasDoubleValue();
            return number && percentage >= 0 ? percentage : null;
        }
    }

    private static @Nullable AnyValue value(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(KeyValue::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Message run(Signal signal, NaiveSampler naive, String more, Message request) throws Exception {
        ProcessorHarness harness = new ProcessorHarness(
                signal,
                "probabilistic_sampler",
                String.format(
                        Locale.ROOT,
                        "{ mode: %s, sampling_percentage: %s, sampling_precision: %d, hash_seed: %d, fail_closed: %s%s }",
                        naive.mode(),
                        naive.percentage(),
                        naive.precision(),
                        naive.seed() & 0xFFFF_FFFFL,
                        naive.failClosed(),
                        more));
        harness.send(Fixtures.payload(signal, request));
        Message out = harness.passedOn.isEmpty()
                ? RandomWire.empty(signal)
                : RandomWire.parse(signal, Fixtures.copy(harness.passedOn.getFirst()));
        harness.releaseAll();
        return out;
    }

    private static byte[] traceId(Random random) {
        byte[] id = new byte[random.nextInt(5) == 0 ? 0 : 16];
        random.nextBytes(id);
        return id;
    }

    private static NaiveSampler.Marks marks(Random random) {
        String randomness = random.nextInt(3) > 0 ? null : "%014x".formatted(random.nextLong() >>> 8);
        int digits = 1 + random.nextInt(14);
        String threshold = random.nextInt(3) > 0
                ? null
                : "%014x".formatted(random.nextLong() >>> 8).substring(0, digits);
        return new NaiveSampler.Marks(randomness, threshold);
    }

    private static ExportTraceServiceRequest marked(ExportTraceServiceRequest request, Random random) {
        ExportTraceServiceRequest.Builder out = request.toBuilder();
        out.getResourceSpansBuilderList()
                .forEach(resource -> resource.getScopeSpansBuilderList()
                        .forEach(scope -> scope.getSpansBuilderList()
                                .forEach(span -> span.setTraceId(ByteString.copyFrom(traceId(random)))
                                        .setTraceState(traceState(random))
                                        .addAllAttributes(demands("sampling.priority", random)))));
        return out.build();
    }

    private static List<KeyValue> demands(String key, Random random) {
        AnyValue.Builder value = AnyValue.newBuilder();
        switch (random.nextInt(9)) {
            case 0 -> value.setIntValue(0);
            case 1 -> value.setIntValue(1 + random.nextInt(120));
            case 2 -> value.setDoubleValue(random.nextInt(800) / 8.0);
            case 3 -> value.setIntValue(-1);
            case 4 -> value.setBoolValue(true);
            default -> {
                return List.of();
            }
        }
        return List.of(KeyValue.newBuilder().setKey(key).setValue(value).build());
    }

    private static List<KeyValue> sources(Random random) {
        AnyValue.Builder value = AnyValue.newBuilder();
        switch (random.nextInt(6)) {
            case 0 -> value.setStringValue("source " + random.nextInt());
            case 1 -> value.setIntValue(random.nextInt());
            case 2 -> value.setBytesValue(ByteString.copyFromUtf8("" + random.nextInt()));
            case 3 -> value.setBoolValue(random.nextBoolean());
            case 4 -> value.setStringValue("");
            default -> {
                return List.of();
            }
        }
        return List.of(KeyValue.newBuilder().setKey(SOURCE).setValue(value).build());
    }

    private static String traceState(Random random) {
        NaiveSampler.Marks marks = marks(random);
        List<String> fields = new ArrayList<>();
        addField(fields, "rv", marks.randomness());
        addField(fields, "th", marks.threshold());
        addField(fields, "x", random.nextInt(4) > 0 ? null : "y");
        Collections.shuffle(fields, random);
        List<String> entries = new ArrayList<>();
        if (!fields.isEmpty()) {
            entries.add("ot=" + String.join(";", fields));
        }
        if (random.nextInt(4) == 0) {
            entries.add("vendor=1");
        }
        Collections.shuffle(entries, random);
        return String.join(",", entries);
    }

    private static void addField(List<String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.add(name + ":" + value);
        }
    }

    /** Groups without anything in them are left out. */
    private static ExportTraceServiceRequest kept(
            ExportTraceServiceRequest request, Function<Span, Optional<Span>> sampler) {
        ExportTraceServiceRequest.Builder out = request.toBuilder().clearResourceSpans();
        for (ResourceSpans resource : request.getResourceSpansList()) {
            ResourceSpans.Builder group = resource.toBuilder().clearScopeSpans();
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                List<Span> spans = scope.getSpansList().stream()
                        .flatMap(span -> sampler.apply(span).stream())
                        .toList();
                if (!spans.isEmpty()) {
                    group.addScopeSpans(scope.toBuilder().clearSpans().addAllSpans(spans));
                }
            }
            if (group.getScopeSpansCount() > 0) {
                out.addResourceSpans(group);
            }
        }
        return out.getResourceSpansCount() > 0 ? out.build() : ExportTraceServiceRequest.getDefaultInstance();
    }

    private static Optional<Span> sampled(Span span, NaiveSampler naive) {
        List<String> fields = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String entry : span.getTraceState().split(",")) {
            if (entry.startsWith("ot=")) {
                fields.addAll(List.of(entry.substring(3).split(";")));
            } else if (!entry.isEmpty()) {
                others.add(entry);
            }
        }
        NaiveSampler.Marks before = new NaiveSampler.Marks(field(fields, "rv:"), field(fields, "th:"));
        return naive.sample(span.getTraceId().toByteArray(), before, demanded(span))
                .map(after -> {
                    if (naive.leavesAlone(before)) {
                        return span;
                    }
                    List<String> changed = new ArrayList<>();
                    addField(changed, "rv", after.randomness());
                    addField(changed, "th", after.threshold());
                    fields.stream().filter(field -> field.startsWith("x:")).forEach(changed::add);
                    others.addFirst("ot=" + String.join(";", changed));
                    return span.toBuilder()
                            .setTraceState(String.join(",", others))
                            .build();
                });
    }

    /** A number above 0 asks for the span, whatever it is. */
    private static @Nullable Double demanded(Span span) {
        AnyValue value = value(span.getAttributesList(), "sampling.priority");
        if (value == null || !(value.hasIntValue() || value.hasDoubleValue())) {
            return null;
        }
        double number = value.hasIntValue() ? value.getIntValue() : value.getDoubleValue();
        return number > 0 ? Double.valueOf(100) : number == 0 ? Double.valueOf(0) : null;
    }

    private static @Nullable String field(List<String> fields, String prefix) {
        return fields.stream()
                .filter(field -> field.startsWith(prefix))
                .map(field -> field.substring(prefix.length()))
                .findFirst()
                .orElse(null);
    }

    private static ExportLogsServiceRequest marked(ExportLogsServiceRequest request, Random random) {
        ExportLogsServiceRequest.Builder out = request.toBuilder();
        out.getResourceLogsBuilderList()
                .forEach(resource -> resource.getScopeLogsBuilderList()
                        .forEach(scope -> scope.getLogRecordsBuilderList().forEach(log -> {
                            NaiveSampler.Marks marks = marks(random);
                            log.setTraceId(ByteString.copyFrom(traceId(random)));
                            put(log, RANDOMNESS, marks.randomness());
                            put(log, THRESHOLD, marks.threshold());
                            log.addAllAttributes(demands(PRIORITY, random)).addAllAttributes(sources(random));
                        })));
        return out.build();
    }

    /** Groups without anything in them are left out. */
    private static ExportLogsServiceRequest kept(
            ExportLogsServiceRequest request, Function<LogRecord, Optional<LogRecord>> sampler) {
        ExportLogsServiceRequest.Builder out = request.toBuilder().clearResourceLogs();
        for (ResourceLogs resource : request.getResourceLogsList()) {
            ResourceLogs.Builder group = resource.toBuilder().clearScopeLogs();
            for (ScopeLogs scope : resource.getScopeLogsList()) {
                List<LogRecord> logs = scope.getLogRecordsList().stream()
                        .flatMap(log -> sampler.apply(log).stream())
                        .toList();
                if (!logs.isEmpty()) {
                    group.addScopeLogs(scope.toBuilder().clearLogRecords().addAllLogRecords(logs));
                }
            }
            if (group.getScopeLogsCount() > 0) {
                out.addResourceLogs(group);
            }
        }
        return out.getResourceLogsCount() > 0 ? out.build() : ExportLogsServiceRequest.getDefaultInstance();
    }

    private static Optional<LogRecord> sampled(LogRecord log, NaiveSampler naive, RecordKeys keys) {
        NaiveSampler.Marks before = new NaiveSampler.Marks(text(log, RANDOMNESS), text(log, THRESHOLD));
        byte[] source = keys.source(log, naive.mode().equals("hash_seed"));
        return naive.sample(source, before, keys.demanded(log)).map(after -> {
            if (naive.leavesAlone(before)) {
                return log;
            }
            LogRecord.Builder changed = log.toBuilder();
            if (naive.mode().equals("hash_seed")) {
                put(changed, RANDOMNESS, after.randomness());
            }
            put(changed, THRESHOLD, after.threshold());
            return changed.build();
        });
    }

    private static @Nullable String text(LogRecord log, String key) {
        return log.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse(null);
    }

    private static void put(LogRecord.Builder log, String key, @Nullable String value) {
        if (value == null) {
            return;
        }
        KeyValue attribute = Fixtures.attribute(key, value);
        for (int i = 0; i < log.getAttributesCount(); i++) {
            if (log.getAttributes(i).getKey().equals(key)) {
                log.setAttributes(i, attribute);
                return;
            }
        }
        log.addAttributes(attribute);
    }
}

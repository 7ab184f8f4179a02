package io.lightvessel.pipeline.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorContract;
import io.lightvessel.pipeline.ProcessorHarness;
import io.lightvessel.pipeline.RandomWire;
import io.lightvessel.pipeline.RecordingResult;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected decisions and tracestates are those of the Collector's processor for the same input. */
class ProbabilisticSamplerTest extends ProcessorContract {

    private static final String SAMPLED_AT_HALF = "fefefefefefefefefe80000000000000";

    @Override
    protected ProcessorHarness harness(Signal signal) {
        return harness(signal, "{ sampling_percentage: 100, fail_closed: false }");
    }

    private static ProcessorHarness harness(Signal signal, String settings) {
        return new ProcessorHarness(signal, "probabilistic_sampler", settings);
    }

    @Override
    @Test
    public void profilesPassWithTheirDictionaryWhereItWas() {
        assertThatThrownBy(() -> harness(Signal.PROFILES))
                .hasMessageContaining("processor 'probabilistic_sampler' does not carry profiles "
                        + "(expected: a pipeline of traces, logs)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            100     | 14 | -                                | ''                                  | ot=th:0                            | ot=th:0
            200     | 14 | -                                | ''                                  | ot=th:0                            | ot=th:0
            50      | 14 | -                                | ''                                  | ot=th:8                            | ot=th:8
            49      | 14 | -                                | ''                                  | -                                  | -
            25      | 14 | ddddddddddddddddddc0000000000000 | ''                                  | ot=th:c                            | ot=th:c
            25      | 14 | ddddddddddddddddddb0000000000000 | ''                                  | -                                  | -
            1       | 4  | -                                | ot=rv:FD70A3D70A3D71                | ot=rv:FD70A3D70A3D71;th:fd70a      | ot=rv:FD70A3D70A3D71;th:fd70a
            1       | 3  | -                                | ot=rv:FD70A3D70A3D71                | -                                  | -
            1       | 4  | a0a0a0a0a0a0a0a0a0fe000000000000 | ''                                  | ot=th:fd70a                        | ot=th:fd70a
            50      | 14 | -                                | ot=rv:90000000000000;th:80000000000000 | ot=rv:90000000000000;th:8       | -
            25      | 14 | -                                | ot=th:8                             | -                                  | -
            25      | 14 | ffffffffffffffffffffffffffffffff | ot=th:8                             | ot=th:c                            | ot=th:e
            50      | 14 | -                                | ot=rv:c0000000000000;th:8           | ot=rv:c0000000000000;th:8          | ot=rv:c0000000000000;th:c
            40      | 3  | -                                | ot=rv:a0000000000000                | ot=rv:a0000000000000;th:99a        | ot=rv:a0000000000000;th:99a
            40      | 6  | a0a0a0a0a0a0a0a0a0d0000000000000 | ot=th:8                             | ot=th:99999a                       | ot=th:cccccd
            40      | 3  | a0a0a0a0a0a0a0a0a0b0000000000000 | ot=th:8                             | ot=th:99a                          | -
            0.006103515625 | 14 | 111111111111111111ffffffffffffff | ot=th:fffc                   | ot=th:fffc                         | ot=th:fffffff
            0.0625  | 14 | 111111111111111111ffffffffffffff | ot=th:fffffffffffff8                | ot=th:fffffffffffff8               | -
            50      | 14 | -                                | a=1, ot=x:y ,b@c=2                  | 'ot=th:8;x:y,a=1,b@c=2'            | 'ot=th:8;x:y,a=1,b@c=2'
            """)
    void thresholdsGoIntoTheTracestate(
            String percentage, int precision, String traceId, String before, String equalizing, String proportional)
            throws Exception {
        for (String mode : List.of("equalizing", "proportional")) {
            ProcessorHarness harness = harness(
                    Signal.TRACES,
                    "{ mode: %s, sampling_percentage: %s, sampling_precision: %d, fail_closed: false }"
                            .formatted(mode, percentage, precision));
            String expected = mode.equals("equalizing") ? equalizing : proportional;
            harness.send(
                    Fixtures.payload(Signal.TRACES, trace(span(traceId == null ? SAMPLED_AT_HALF : traceId, before))));
            assertThat(traceStates(harness)).as(mode).isEqualTo(expected == null ? List.of() : List.of(expected));
            harness.releaseAll();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ot=rv:abababababababab",
                "ot=th:abababababababab",
                "ot=th:-1",
                "ot=th:8;rv:70000000000000",
                "ot=",
                "OT=th:8",
                "novalue",
                "a=b\u00fc"
            })
    void whatContradictsItselfIsDroppedOrPassedAsFailClosedSays(String state) throws Exception {
        for (boolean failClosed : new boolean[] {true, false}) {
            ProcessorHarness harness = harness(
                    Signal.TRACES,
                    "{ mode: equalizing, sampling_percentage: 100, fail_closed: %s }".formatted(failClosed));
            harness.send(Fixtures.payload(Signal.TRACES, trace(span(SAMPLED_AT_HALF, state))));
            String after = state.equals("ot=th:8;rv:70000000000000") ? "ot=rv:70000000000000;th:0" : state;
            assertThat(traceStates(harness)).isEqualTo(failClosed ? List.of() : List.of(after));
            harness.releaseAll();
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "75, 4", "50, 8", "25, c", "10, e668", "33.333333333, aaac"})
    void hashesNoteRandomnessAndThreshold(String percentage, String threshold) throws Exception {
        ProcessorHarness harness =
                harness(Signal.TRACES, "{ sampling_percentage: %s, hash_seed: 4312 }".formatted(percentage));
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        var scope = request.addResourceSpansBuilder().addScopeSpansBuilder();
        for (int i = 1; i <= 1000; i++) {
            scope.addSpans(span("%032x".formatted(i * 0x9E3779B97F4A7C15L), ""));
        }
        harness.send(Fixtures.payload(Signal.TRACES, request.build()));
        List<String> states = traceStates(harness);
        assertThat(states.size())
                .isBetween(
                        (int) (Double.parseDouble(percentage) * 10) - 60,
                        (int) (Double.parseDouble(percentage) * 10) + 60);
        for (String state : states) {
            TraceState parsed = new TraceState();
            assertThat(parsed.read(state)).isTrue();
            assertThat(state).endsWith(";th:" + threshold);
            assertThat(parsed.randomness()).isGreaterThanOrEqualTo(parsed.threshold());
        }
        harness.releaseAll();
    }

    @ParameterizedTest
    @CsvSource({"0, 2, true", "100, 0, false", "0, -1, false", "100, -1, true"})
    void aSpansOwnPriorityOutweighsThePercentage(int percentage, long priority, boolean sampled) throws Exception {
        for (String mode : List.of("hash_seed", "equalizing", "proportional")) {
            for (AnyValue value : List.of(
                    AnyValue.newBuilder().setIntValue(priority).build(),
                    AnyValue.newBuilder().setDoubleValue(priority).build(),
                    AnyValue.newBuilder().setStringValue("" + priority).build())) {
                ProcessorHarness harness =
                        harness(Signal.TRACES, "{ mode: %s, sampling_percentage: %d }".formatted(mode, percentage));
                harness.send(Fixtures.payload(
                        Signal.TRACES,
                        trace(span(SAMPLED_AT_HALF, "")
                                .addAttributes(KeyValue.newBuilder()
                                        .setKey("sampling.priority")
                                        .setValue(value)))));
                assertThat(traceStates(harness)).hasSize(sampled ? 1 : 0);
                harness.releaseAll();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { sampling_percentage: 50 }                                                                                  | 45
            { sampling_percentage: 50, attribute_source: record, from_attribute: foo }                                   | 23
            { sampling_percentage: 50, attribute_source: record, from_attribute: bar }                                   | 29
            { sampling_percentage: 0, sampling_priority: priority, attribute_source: record, from_attribute: rando }     | 25
            { sampling_percentage: 50, sampling_priority: priority, attribute_source: record, from_attribute: rando }    | 64
            { sampling_percentage: 100, sampling_priority: priority, attribute_source: record, from_attribute: rando }   | 100
            { sampling_percentage: 0, sampling_priority: priority }                                                      | 25
            { sampling_percentage: 0, attribute_source: record, from_attribute: foo }                                    | 0
            { sampling_percentage: 100, fail_closed: false }                                                             | 100
            """)
    void logsAreSampledByTraceOrAttribute(String settings, int passedOn) throws Exception {
        ProcessorHarness harness = harness(Signal.LOGS, settings);
        ScopeLogs.Builder logs = ScopeLogs.newBuilder();
        for (int i = 0; i < 100; i++) {
            byte[] id = new byte[16];
            java.util.Arrays.fill(id, 8, 16, (byte) i);
            long hash = hash(id, 123);
            LogRecord.Builder log = LogRecord.newBuilder()
                    .setTraceId(ByteString.copyFrom(id))
                    .addAttributes(attribute("rando", AnyValue.newBuilder().setIntValue(hash)));
            if (i % 2 == 0) {
                log.addAttributes(attribute("foo", AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(id))));
                String hex = i == 0 ? "" : HexFormat.of().formatHex(id);
                log.addAttributes(attribute("bar", AnyValue.newBuilder().setStringValue(hex)));
            }
            if (i % 4 == 0) {
                log.addAttributes(attribute("priority", AnyValue.newBuilder().setDoubleValue(100)));
            }
            logs.addLogRecords(log);
        }
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        request.addResourceLogsBuilder().addScopeLogs(logs);
        RecordingResult result = harness.send(Fixtures.payload(Signal.LOGS, request.build()));
        assertThat(result.isAccepted()).isTrue();
        assertThat(harness.passedOn.stream().mapToInt(Payload::records).sum()).isEqualTo(passedOn);
        assertThat(harness.dropped.getOrDefault(DropReason.SAMPLED, Count.ZERO).records())
                .isEqualTo(100 - passedOn);
        assertThat(harness.missing()).isEqualTo(Count.ZERO);
        harness.releaseAll();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            { mode: proportional, sampling_percentage: 100 } | fefefefefefefefefe80000000000000 | - | - | 0 | -
            { mode: proportional, sampling_percentage: 50 }  | fefefefefefefefefef0000000000000 | c | - | e | -
            { mode: equalizing, sampling_percentage: 50 }    | fefefefefefefefefeb0000000000000 | c | - | - | -
            { mode: equalizing, sampling_percentage: 50 }    | fefefefefefefefefefefefefefefefe | c | - | c | -
            { sampling_percentage: 100, fail_closed: false } | fefefefefefefefefe80000000000000 | - | f2341234123412 | - | f2341234123412
            """)
    void logsCarryThresholdsInAttributes(
            String settings,
            String traceId,
            String threshold,
            String randomness,
            String newThreshold,
            String newRandomness)
            throws Exception {
        ProcessorHarness harness = harness(Signal.LOGS, settings);
        LogRecord.Builder log = LogRecord.newBuilder()
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(traceId)));
        if (threshold != null) {
            log.addAttributes(Fixtures.attribute("sampling.threshold", threshold));
        }
        if (randomness != null) {
            log.addAttributes(Fixtures.attribute("sampling.randomness", randomness));
        }
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        request.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecords(log);
        harness.send(Fixtures.payload(Signal.LOGS, request.build()));
        if (newThreshold == null && newRandomness == null) {
            assertThat(harness.passedOn).isEmpty();
            return;
        }
        LogRecord out = ((ExportLogsServiceRequest)
                        RandomWire.parse(Signal.LOGS, Fixtures.copy(harness.passedOn.getFirst())))
                .getResourceLogs(0)
                .getScopeLogs(0)
                .getLogRecords(0);
        assertThat(value(out, "sampling.threshold")).isEqualTo(newThreshold);
        assertThat(value(out, "sampling.randomness")).isEqualTo(newRandomness);
        harness.releaseAll();
    }

    private static String value(LogRecord log, String key) {
        return log.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse(null);
    }

    /** FNV-1a as the specification has it. */
    private static long hash(byte[] bytes, int seed) {
        long hash = 0x811C9DC5L;
        byte[] all = java.nio.ByteBuffer.allocate(4 + bytes.length)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(seed)
                .put(bytes)
                .array();
        for (byte b : all) {
            hash = (hash ^ b & 0xFF) * 0x01000193L & 0xFFFF_FFFFL;
        }
        return hash;
    }

    private static KeyValue attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static Span.Builder span(String traceId, String state) {
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(traceId)))
                .setName("checkout")
                .setTraceState(state);
    }

    private static ExportTraceServiceRequest trace(Span.Builder span) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(span);
        return request.build();
    }

    private static List<String> traceStates(ProcessorHarness harness) throws Exception {
        if (harness.passedOn.isEmpty()) {
            return List.of();
        }
        return ExportTraceServiceRequest.parseFrom(Fixtures.copy(harness.passedOn.getFirst()))
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpansList()
                .stream()
                .map(Span::getTraceState)
                .toList();
    }
}

package io.lightvessel.pipeline.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorContract;
import io.lightvessel.pipeline.ProcessorHarness;
import io.lightvessel.pipeline.RecordingResult;
import io.lightvessel.pipeline.Refusal;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceProcessorTest extends ProcessorContract {

    @Override
    protected ProcessorHarness harness(Signal signal) {
        return new ProcessorHarness(signal, "resource", CHANGES);
    }

    @Override
    @Test
    public void profilesPassWithTheirDictionaryWhereItWas() {
        assertThatThrownBy(() -> harness(Signal.PROFILES))
                .hasMessageContaining(
                        "processor 'resource' does not carry profiles (expected: a pipeline of traces, metrics, logs)");
    }

    private static final String CHANGES = """
            { attributes: [
                { key: key-0, action: delete },
                { key: key-1, value: inserted, action: insert },
                { key: key-2, value: 42, action: update },
                { key: key-3, value: true, action: upsert },
                { key: key-4, value: 1.5, action: upsert },
                { key: copied, from_attribute: key-5, action: upsert },
                { key: key-5, from_attribute: nowhere, action: update }
            ] }""";

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void doesWhatDecodingEditingAndEncodingWouldDo(Signal signal) {
        ProcessorHarness harness = new ProcessorHarness(signal, "resource", CHANGES);
        for (int seed = 0; seed < 300; seed++) {
            MessageLite request = Fixtures.randomRequest(signal, new Random(seed));
            Payload payload = Fixtures.payload(signal, request);
            harness.send(payload);
            Payload changed = harness.passedOn.getFirst();
            assertThat(Requests.decode(changed)).as("seed %d", seed).isEqualTo(naively(signal, request));
            assertThat(changed.records()).isEqualTo(Fixtures.countNaively(signal, request));
            assertThat(changed.receivedBytes()).isEqualTo(request.getSerializedSize());
            harness.releaseAll();
            assertThat(payload.refCnt()).as("released").isZero();
        }
    }

    @Test
    void largeGroupsShareTheirBytesAndStillComeOutRight() {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "resource", CHANGES);
        ExportLogsServiceRequest request = Fixtures.logsRequest("shop", 2000).toBuilder()
                .addAllResourceLogs(Fixtures.logsRequest("cart", 1000).getResourceLogsList())
                .build();
        Payload payload = Fixtures.payload(Signal.LOGS, request);
        harness.send(payload);
        assertThat(Requests.decode(harness.passedOn.getFirst())).isEqualTo(naively(Signal.LOGS, request));
        harness.releaseAll();
        assertThat(payload.refCnt()).isZero();
    }

    @Test
    void manySmallGroupsComeOutRight() {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "resource", CHANGES);
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        IntStream.range(0, 9000)
                .forEach(i -> request.addResourceLogs(
                        Fixtures.logsRequest("service-" + i, 1).getResourceLogs(0)));
        harness.send(Fixtures.payload(Signal.LOGS, request.build()));
        assertThat(Requests.decode(harness.passedOn.getFirst())).isEqualTo(naively(Signal.LOGS, request.build()));
        harness.releaseAll();
    }

    @Test
    void aResourceInSeveralPiecesIsOneResource() throws Exception {
        byte[] first = Fixtures.logsRequest("shop", 1).getResourceLogs(0).toByteArray();
        byte[] more = ResourceLogs.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(Fixtures.attribute("key-0", "gone")))
                .build()
                .toByteArray();
        var group = Unpooled.wrappedBuffer(first, more);
        var request = Unpooled.buffer();
        io.lightvessel.pipeline.WireWriter.writeFieldHeader(request, 10, group.readableBytes());
        request.writeBytes(group);
        byte[] whole = new byte[request.readableBytes()];
        request.getBytes(0, whole);
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "resource", CHANGES);
        harness.send(Payload.walk(Signal.LOGS, request));
        assertThat(Requests.decode(harness.passedOn.getFirst()))
                .isEqualTo(naively(Signal.LOGS, ExportLogsServiceRequest.parseFrom(whole)));
        harness.releaseAll();
    }

    @Test
    void damageInsideAnAttributeIsRefusedWithItsReason() throws Exception {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "resource", CHANGES);
        // request { group { resource { attribute { key of length 9 with nothing behind it } } } }
        Payload damaged =
                Payload.walk(Signal.LOGS, Unpooled.wrappedBuffer(HexFormat.of().parseHex("0A060A040A020A09")));
        RecordingResult result = harness.send(damaged);
        assertThat(result.refusal())
                .isEqualTo(Refusal.permanent(
                        DropReason.MALFORMED,
                        "resource: a resource cannot be read: length 9 at byte 3 (expected: at most 0)"));
        assertThat(damaged.refCnt()).isZero();
    }

    private static MessageLite naively(Signal signal, MessageLite request) {
        return switch (signal) {
            case LOGS -> {
                var logs = ((ExportLogsServiceRequest) request).toBuilder();
                logs.getResourceLogsBuilderList().forEach(group -> group.setResource(edit(group.getResource())));
                yield logs.build();
            }
            case TRACES -> {
                var traces = ((ExportTraceServiceRequest) request).toBuilder();
                traces.getResourceSpansBuilderList().forEach(group -> group.setResource(edit(group.getResource())));
                yield traces.build();
            }
            case METRICS -> {
                var metrics = ((ExportMetricsServiceRequest) request).toBuilder();
                metrics.getResourceMetricsBuilderList().forEach(group -> group.setResource(edit(group.getResource())));
                yield metrics.build();
            }
            case PROFILES -> throw new IllegalArgumentException("no profiles here");
        };
    }

    private static Resource edit(Resource resource) {
        List<KeyValue> attributes = new ArrayList<>(resource.getAttributesList());
        attributes.removeIf(attribute -> attribute.getKey().equals("key-0"));
        if (find(attributes, "key-1") < 0) {
            attributes.add(Fixtures.attribute("key-1", "inserted"));
        }
        if (find(attributes, "key-2") >= 0) {
            set(attributes, "key-2", AnyValue.newBuilder().setIntValue(42).build());
        }
        set(attributes, "key-3", AnyValue.newBuilder().setBoolValue(true).build());
        set(attributes, "key-4", AnyValue.newBuilder().setDoubleValue(1.5).build());
        int source = find(attributes, "key-5");
        if (source >= 0) {
            set(attributes, "copied", attributes.get(source).getValue());
        }
        return resource.toBuilder()
                .clearAttributes()
                .addAllAttributes(attributes)
                .build();
    }

    private static void set(List<KeyValue> attributes, String key, AnyValue value) {
        int at = find(attributes, key);
        if (at < 0) {
            attributes.add(KeyValue.newBuilder().setKey(key).setValue(value).build());
        } else {
            attributes.set(at, attributes.get(at).toBuilder().setValue(value).build());
        }
    }

    private static int find(List<KeyValue> attributes, String key) {
        return IntStream.range(0, attributes.size())
                .filter(i -> attributes.get(i).getKey().equals(key))
                .findFirst()
                .orElse(-1);
    }
}

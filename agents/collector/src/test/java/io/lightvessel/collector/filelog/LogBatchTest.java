package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.collector.filelog.operator.Operators;
import io.lightvessel.collector.filelog.operator.ProtoBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogBatchTest {
    private final LogBatch batch = new LogBatch(
            Map.of("k8s.pod.name", "orders-0"),
            Map.of("log.file.name", "0.log"),
            new ProtoBytes(),
            Operators.of(List.of()));

    @Test
    void linesAreOneRequestOfOneResource() throws Exception {
        batch.begin(77);
        String large = "x".repeat(300_000);
        add(5, "stdout", "first");
        add(0, "", "");
        add(6, "console", large);
        assertThat(batch.records()).isEqualTo(3);

        ResourceLogs logs = request().getResourceLogs(0);
        assertThat(logs.getResource().getAttributesList()).containsExactly(attribute("k8s.pod.name", "orders-0"));
        assertThat(logs.getScopeLogs(0).getLogRecordsList())
                .containsExactly(
                        LogRecord.newBuilder()
                                .setTimeUnixNano(5)
                                .setObservedTimeUnixNano(77)
                                .setBody(AnyValue.newBuilder().setStringValue("first"))
                                .addAttributes(attribute("log.file.name", "0.log"))
                                .addAttributes(attribute("log.iostream", "stdout"))
                                .build(),
                        LogRecord.newBuilder()
                                .setObservedTimeUnixNano(77)
                                .setBody(AnyValue.newBuilder().setStringValue(""))
                                .addAttributes(attribute("log.file.name", "0.log"))
                                .build(),
                        LogRecord.newBuilder()
                                .setTimeUnixNano(6)
                                .setObservedTimeUnixNano(77)
                                .setBody(AnyValue.newBuilder().setStringValue(large))
                                .addAttributes(attribute("log.file.name", "0.log"))
                                .addAttributes(attribute("log.iostream", "console"))
                                .build());
    }

    @Test
    void malformedTextIsRepairedBecauseProtobufTextMustBeValid() throws Exception {
        batch.begin(1);
        batch.line(0, "", new byte[] {'a', (byte) 0xFF, (byte) 0xC3, 'b'}, 0, 4);
        batch.line(0, "", "\u00e4\u20ac".getBytes(UTF_8), 0, 5);
        var records = request().getResourceLogs(0).getScopeLogs(0).getLogRecordsList();
        assertThat(records)
                .extracting(r -> r.getBody().getStringValue())
                .containsExactly("a\ufffd\ufffdb", "\u00e4\u20ac");
    }

    @Test
    void aBatchBeginsEmpty() throws Exception {
        batch.begin(1);
        add(1, "stdout", "x");
        batch.begin(2);
        assertThat(batch.records()).isZero();
        add(1, "stdout", "y");
        assertThat(request().getResourceLogs(0).getScopeLogs(0).getLogRecordsCount())
                .isEqualTo(1);
    }

    private void add(long time, String stream, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        batch.line(time, stream, bytes, 0, bytes.length);
    }

    private ExportLogsServiceRequest request() throws Exception {
        ByteBuf bytes = batch.finish(UnpooledByteBufAllocator.DEFAULT);
        return ExportLogsServiceRequest.parseFrom(ByteBufUtil.getBytes(bytes));
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}

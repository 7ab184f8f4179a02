package io.lightvessel.gateway.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.tail.TelemetryRecord.Field;
import io.lightvessel.pipeline.MalformedPayload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
    private static final Resource SHOP = Resource.newBuilder()
            .addAttributes(attribute("service.name", "shop"))
            .build();

    @Test
    void aLogRecordIsReadWithEveryKindOfValue() throws Exception {
        LogRecord log = LogRecord.newBuilder()
                .setTimeUnixNano(5)
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
                .setSeverityText("WARN")
                .setBody(text("slow"))
                .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
                .setSpanId(ByteString.copyFrom(new byte[8]))
                .addAttributes(attribute("text", "é"))
                .addAttributes(attribute("flag", AnyValue.newBuilder().setBoolValue(true)))
                .addAttributes(attribute("whole", AnyValue.newBuilder().setIntValue(-3)))
                .addAttributes(attribute("decimal", AnyValue.newBuilder().setDoubleValue(0.5)))
                .addAttributes(attribute(
                        "list",
                        AnyValue.newBuilder()
                                .setArrayValue(ArrayValue.newBuilder()
                                        .addValues(text("a"))
                                        .addValues(AnyValue.newBuilder().setIntValue(1)))))
                .addAttributes(attribute(
                        "map",
                        AnyValue.newBuilder()
                                .setKvlistValue(KeyValueList.newBuilder().addValues(attribute("k", "v")))))
                .addAttributes(attribute("bytes", AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("hi"))))
                .build();
        TelemetryRecord record = read(Signal.LOGS, logs(log), 10).getFirst();
        assertThat(record)
                .isEqualTo(new TelemetryRecord(
                        Signal.LOGS,
                        5,
                        "slow",
                        13,
                        "WARN",
                        List.of(new Field("trace_id", "0102030405060708090a0b0c0d0e0f10")),
                        List.of(
                                new Field("text", "é"),
                                new Field("flag", "true"),
                                new Field("whole", "-3"),
                                new Field("decimal", "0.5"),
                                new Field("list", "[a, 1]"),
                                new Field("map", "{k: v}"),
                                new Field("bytes", "aGk=")),
                        List.of(new Field("service.name", "shop")),
                        "scope 1.0"));
    }

    @Test
    void aSpanTellsItsKindDurationAndStatus() throws Exception {
        Span span = Span.newBuilder()
                .setName("GET /cart")
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(1_000_000_000)
                .setEndTimeUnixNano(1_001_250_000)
                .addEvents(Span.Event.newBuilder().setName("exception"))
                .setStatus(Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("no stock"))
                .build();
        ExportTraceServiceRequest request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(SHOP)
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
        TelemetryRecord record = read(Signal.TRACES, request, 10).getFirst();
        assertThat(record.title()).isEqualTo("GET /cart");
        assertThat(record.fields())
                .containsExactlyInAnyOrder(
                        new Field("kind", "server"),
                        new Field("duration", "1.25 ms"),
                        new Field("events", "exception"),
                        new Field("status", "error"),
                        new Field("status_message", "no stock"));
    }

    @Test
    void everyDataPointIsARecord() throws Exception {
        Metric sum = Metric.newBuilder()
                .setName("requests")
                .setUnit("1")
                .setSum(Sum.newBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                        .addDataPoints(NumberDataPoint.newBuilder().setAsInt(7).addAttributes(attribute("a", "1")))
                        .addDataPoints(NumberDataPoint.newBuilder().setAsDouble(1.5)))
                .build();
        Metric histogram = Metric.newBuilder()
                .setName("latency")
                .setHistogram(Histogram.newBuilder()
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setTimeUnixNano(9)
                                .setCount(3)
                                .setSum(4.5)
                                .setMax(2)
                                .addAttributes(attribute("b", "2"))))
                .build();
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(
                                ScopeMetrics.newBuilder().addMetrics(sum).addMetrics(histogram)))
                .build();
        List<TelemetryRecord> records = read(Signal.METRICS, request, 10);
        assertThat(records).extracting(TelemetryRecord::title).containsExactly("requests", "requests", "latency");
        assertThat(records.getFirst().fields())
                .containsExactly(
                        new Field("value", "7"),
                        new Field("type", "sum"),
                        new Field("temporality", "delta"),
                        new Field("monotonic", "true"),
                        new Field("unit", "1"));
        assertThat(records.get(1).fields()).contains(new Field("value", "1.5"));
        assertThat(records.get(2).fields())
                .containsExactly(
                        new Field("count", "3"),
                        new Field("sum", "4.5"),
                        new Field("max", "2.0"),
                        new Field("type", "histogram"));
        assertThat(records.get(2).attributes()).containsExactly(new Field("b", "2"));
        assertThat(records.get(2).timeUnixNano()).isEqualTo(9);
        assertThat(read(Signal.METRICS, request, 1)).hasSize(1);
    }

    @Test
    void aResourceBehindItsRecordsIsFoundAsWell() throws Exception {
        // Concatenated messages merge: the resource of the second stands behind the records of the first.
        byte[] records = ResourceLogs.newBuilder()
                .addScopeLogs(ScopeLogs.newBuilder()
                        .addLogRecords(LogRecord.newBuilder().setBody(text("x"))))
                .build()
                .toByteArray();
        byte[] resource = ResourceLogs.newBuilder().setResource(SHOP).build().toByteArray();
        ByteBuf request = Unpooled.buffer();
        request.writeByte(10).writeByte(records.length + resource.length);
        request.writeBytes(records).writeBytes(resource);
        assertThat(read(Signal.LOGS, request, 10).getFirst().resource())
                .containsExactly(new Field("service.name", "shop"));
    }

    @Test
    void longTextsAreCutBetweenCharacters() throws Exception {
        LogRecord log = LogRecord.newBuilder().setBody(text("é".repeat(5000))).build();
        String title = read(Signal.LOGS, logs(log), 1).getFirst().title();
        assertThat(title).isEqualTo("é".repeat(2048) + "…");
    }

    @Test
    void aRecordOfMegabytesIsCutToWhatAPersonLooksAt() throws Exception {
        LogRecord.Builder log = LogRecord.newBuilder();
        for (int i = 0; i < 1000; i++) {
            log.addAttributes(attribute("key-" + i, "x".repeat(5000)));
        }
        TelemetryRecord record =
                read(Signal.LOGS, logs(log.build(), log.build()), 2).getLast();
        assertThat(record.attributes()).hasSize(8);
        assertThat(record.weight()).isBetween(32_000, 40_000);
    }

    @Test
    void deepValuesEndInDots() throws Exception {
        AnyValue deep = text("bottom");
        for (int i = 0; i < 200; i++) {
            deep = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(deep))
                    .build();
        }
        LogRecord log = LogRecord.newBuilder().setBody(deep).build();
        assertThat(read(Signal.LOGS, logs(log), 1).getFirst().title()).isEqualTo("[[[[[[[[[…]]]]]]]]]");
    }

    @Test
    void damagedBytesAreAnErrorAndNothingWorse() {
        byte[] whole =
                logs(LogRecord.newBuilder().setBody(text("some body")).build()).toByteArray();
        ByteBuf cut = Unpooled.wrappedBuffer(whole, 0, whole.length - 3);
        assertThatThrownBy(() -> read(Signal.LOGS, cut, 10)).isInstanceOf(MalformedPayload.class);
    }

    static ExportLogsServiceRequest logs(LogRecord... records) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(SHOP)
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .setScope(InstrumentationScope.newBuilder()
                                        .setName("scope")
                                        .setVersion("1.0"))
                                .addAllLogRecords(List.of(records))))
                .build();
    }

    static KeyValue attribute(String key, String value) {
        return attribute(key, AnyValue.newBuilder().setStringValue(value));
    }

    private static KeyValue attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static List<TelemetryRecord> read(Signal signal, MessageLite request, int most) throws MalformedPayload {
        return read(signal, Unpooled.wrappedBuffer(request.toByteArray()), most);
    }

    private static List<TelemetryRecord> read(Signal signal, ByteBuf request, int most) throws MalformedPayload {
        List<TelemetryRecord> records = new ArrayList<>();
        RecordReader.read(signal, request, record -> {
            records.add(record);
            return records.size() < most;
        });
        return records;
    }
}

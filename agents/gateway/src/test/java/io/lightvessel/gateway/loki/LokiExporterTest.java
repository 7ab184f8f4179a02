package io.lightvessel.gateway.loki;

import static io.lightvessel.gateway.testing.RecordedDelivery.export;
import static io.lightvessel.gateway.testing.Requests.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.Loops;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.ScriptedHttp;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LokiExporterTest {
    private static final long T = 1_700_000_000_000_000_007L;
    private static final Resource SHOP = Requests.resource(
            "service.name",
            "cart",
            "service.namespace",
            "shop",
            "service.instance.id",
            "i-1",
            "k8s.pod.name",
            "cart-0");
    private static final String BASE = "{exporter=\"OTLP\", instance=\"i-1\", job=\"shop/cart\"}";

    private ScriptedHttp backend;
    private Exporter exporter;

    @BeforeEach
    void start() throws Exception {
        backend = new ScriptedHttp();
        exporter = exporter("structured_metadata: false, format: raw");
    }

    @AfterEach
    void stop() {
        exporter.stop(Duration.ZERO);
        backend.close();
    }

    private Exporter exporter(String more) throws ComponentFailure {
        if (exporter != null) {
            exporter.stop(Duration.ZERO);
        }
        exporter = new LokiExporterFactory(Loops.SHARED)
                .prepare(
                        new TestContext("loki", 1 << 20),
                        TestContext.settings(
                                "exporters",
                                "loki",
                                "loki: {endpoint: \"" + backend.url() + "/loki/api/v1/push\", " + more + "}",
                                "logs"),
                        null)
                .component();
        return exporter;
    }

    private static LogRecord.Builder log(long nanos, String body, KeyValue... attributes) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(nanos)
                .setBody(AnyValue.newBuilder().setStringValue(body))
                .addAllAttributes(List.of(attributes));
    }

    private static byte[] request(Resource resource, LogRecord.Builder... logs) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("lib").setVersion("2"));
        for (LogRecord.Builder log : logs) {
            scope.addLogRecords(log);
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    private List<String> sent(byte[] request) throws Exception {
        backend.requests.clear();
        assertThat(export(exporter, Signal.LOGS, request)).isEqualTo("delivered");
        List<String> lines = new ArrayList<>();
        for (ScriptedHttp.Request sent : backend.requests) {
            lines.addAll(Pushed.lines(sent.body()));
        }
        return lines;
    }

    @Test
    void linesOfOneStreamComeInTheOrderOfTime() throws Exception {
        assertThat(sent(request(SHOP, log(T + 2, "c"), log(T, "a"), log(T + 2, "d"), log(T + 1, "b"))))
                .containsExactly(
                        BASE + " " + T + " a",
                        BASE + " " + (T + 1) + " b",
                        BASE + " " + (T + 2) + " c",
                        BASE + " " + (T + 2) + " d");
        assertThat(backend.requests.getFirst().path()).isEqualTo("/loki/api/v1/push");
        assertThat(backend.requests.getFirst().headers())
                .containsEntry("Content-Type", "application/x-protobuf")
                .containsEntry("Content-Encoding", "snappy")
                .containsEntry("User-Agent", "lightvessel-test/1");
    }

    @Test
    void hintsChooseLabelsAndVanish() throws Exception {
        Resource resource = SHOP.toBuilder()
                .addAttributes(attribute("loki.resource.labels", "k8s.pod.name, no.such"))
                .build();
        assertThat(sent(request(
                        resource,
                        log(
                                T,
                                "a",
                                attribute("loki.attribute.labels", "event.name,1st"),
                                attribute("event.name", "x"),
                                attribute("1st", "y")),
                        log(T, "b").setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN2),
                        log(T, "c", attribute("loki.resource.labels", "service.name")),
                        log(T, "d"))))
                .containsExactly(
                        "{event_name=\"x\", exporter=\"OTLP\", instance=\"i-1\", job=\"shop/cart\", "
                                + "k8s_pod_name=\"cart-0\", key_1st=\"y\"} " + T + " a",
                        "{exporter=\"OTLP\", instance=\"i-1\", job=\"shop/cart\", k8s_pod_name=\"cart-0\", "
                                + "level=\"WARN\"} " + T + " b",
                        "{exporter=\"OTLP\", instance=\"i-1\", job=\"shop/cart\", k8s_pod_name=\"cart-0\", "
                                + "service_name=\"cart\"} " + T + " c",
                        "{exporter=\"OTLP\", instance=\"i-1\", job=\"shop/cart\", k8s_pod_name=\"cart-0\"} " + T
                                + " d");
    }

    @Test
    void whatIsNoLabelGoesBesideTheLine() throws Exception {
        exporter("labels: {resource: [k8s.pod.name], attributes: [http.route]}, "
                + "default_labels_enabled: {exporter: false, instance: false}");
        LogRecord.Builder log = log(T, "hello", attribute("http.route", "/x"), attribute("user.id", "u\n1"))
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR)
                .setSeverityText("ERR")
                .setFlags(1)
                .setTraceId(ByteString.fromHex("000102030405060708090a0b0c0d0e0f"))
                .setSpanId(ByteString.fromHex("f0f1f2f3f4f5f6f7"));
        assertThat(sent(request(SHOP, log)))
                .containsExactly("{http_route=\"/x\", job=\"shop/cart\", k8s_pod_name=\"cart-0\", level=\"ERROR\"} " + T
                        + " hello [trace_id=000102030405060708090a0b0c0d0e0f, span_id=f0f1f2f3f4f5f6f7, "
                        + "severity_text=ERR, severity_number=17, flags=1, scope_name=lib, scope_version=2, "
                        + "service_name=cart, service_namespace=shop, service_instance_id=i-1, user_id=u\n1]");
    }

    @Test
    void jsonAndLogfmtLinesHoldTheWholeRecord() throws Exception {
        AnyValue map = AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder()
                        .addValues(attribute("quote", "\"\\\u0001é"))
                        .addValues(KeyValue.newBuilder()
                                .setKey("n")
                                .setValue(AnyValue.newBuilder().setDoubleValue(Double.NaN))))
                .build();
        LogRecord.Builder log = LogRecord.newBuilder()
                .setTimeUnixNano(T)
                .setBody(map)
                .setSeverityText("INFO")
                .setSpanId(ByteString.fromHex("f0f1f2f3f4f5f6f7"))
                .addAttributes(attribute("a b", "c=d"));
        Resource resource = Requests.resource("service.name", "cart");
        exporter("structured_metadata: false");
        String stream = "{exporter=\"OTLP\", job=\"cart\"} ";
        assertThat(sent(request(resource, log)))
                .containsExactly(stream + T + " {\"body\":{\"quote\":\"\\\"\\\\\\u0001é\",\"n\":\"NaN\"},"
                        + "\"spanid\":\"f0f1f2f3f4f5f6f7\",\"severity\":\"INFO\",\"attributes\":{\"a b\":\"c=d\"},"
                        + "\"resources\":{\"service.name\":\"cart\"},"
                        + "\"instrumentation_scope\":{\"name\":\"lib\",\"version\":\"2\"}}");
        log.setBody(AnyValue.newBuilder().setStringValue("two words"))
                .addAttributes(attribute("loki.format", "logfmt"));
        assertThat(sent(request(resource, log)))
                .containsExactly(stream + T + " msg=\"two words\" spanID=f0f1f2f3f4f5f6f7 severity=INFO "
                        + "attribute_a_b=\"c=d\" resource_service.name=cart instrumentation_scope_name=lib "
                        + "instrumentation_scope_version=2");
    }

    @Test
    void labelValuesAreEscaped() throws Exception {
        exporter("structured_metadata: false, format: raw, labels: {attributes: [v]}");
        assertThat(sent(request(Requests.resource(), log(T, "x", attribute("v", "a\"b\\c\nd\te\u0001ü")))))
                .containsExactly("{exporter=\"OTLP\", v=\"a\\\"b\\\\c\\nd\\te\\x01ü\"} " + T + " x");
    }

    @Test
    void moreLabelsThanAllowedStayAttributes() throws Exception {
        exporter("max_labels: 4, labels: {attributes: [a, b]}");
        assertThat(sent(request(SHOP, log(T, "x", attribute("a", "1"), attribute("b", "2"))))
                        .getFirst())
                .startsWith("{a=\"1\", exporter=\"OTLP\", instance=\"i-1\", job=\"shop/cart\"} ")
                .endsWith("b=2]");
    }

    @Test
    void tenantsGetRequestsOfTheirOwn() throws Exception {
        Resource other = Requests.resource("service.name", "b", "host.name", "h2", "loki.tenant", "host.name");
        byte[] first = request(SHOP, log(T, "a", attribute("loki.tenant", "t"), attribute("t", "acme")), log(T, "b"));
        byte[] second = request(other, log(T, "c"));
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThat(sent(both)).hasSize(3);
        assertThat(backend.requests.stream()
                        .map(sent -> String.valueOf(sent.headers().get("X-Scope-OrgID"))))
                .containsExactlyInAnyOrder("acme", "null", "h2");
    }

    @Test
    void linesThatAreTooLongAreLeftOutOrCut() throws Exception {
        exporter("structured_metadata: false, format: raw, max_line_size: 5");
        byte[] request = request(SHOP, log(T, "12345"), log(T, "1234ü"));
        assertThat(export(exporter, Signal.LOGS, request))
                .isEqualTo("rejected 1: 1 log records whose line is longer than max_line_size");
        exporter("structured_metadata: false, format: raw, max_line_size: 5, truncate_long_lines: true");
        assertThat(sent(request)).containsExactly(BASE + " " + T + " 12345", BASE + " " + T + " 1234");
    }

    @Test
    void recordsWithoutALabelAreLeftOut() throws Exception {
        exporter("default_labels_enabled: {exporter: false}");
        assertThat(export(exporter, Signal.LOGS, request(Requests.resource(), log(T, "x"))))
                .isEqualTo("permanent: 1 log records without a single label");
        assertThat(backend.requests).isEmpty();
    }

    @Test
    void largePayloadsAreSplitInOrder() throws Exception {
        exporter("structured_metadata: false, format: raw, max_batch_size_bytes: 2000");
        LogRecord.Builder[] logs = new LogRecord.Builder[500];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = log(T + i, "line number " + i);
        }
        List<String> lines = sent(request(SHOP, logs));
        assertThat(backend.requests).hasSizeGreaterThan(5);
        assertThat(lines).hasSize(500);
        for (int i = 0; i < logs.length; i++) {
            assertThat(lines.get(i)).isEqualTo(BASE + " " + (T + i) + " line number " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"400,permanent", "401,permanent", "413,permanent", "429,retryable", "500,retryable", "503,retryable"})
    void refusalsComeWithTheServersWords(int status, String kind) throws Exception {
        backend.answer(status, Map.of(), "entry too far behind\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(export(exporter, Signal.LOGS, request(SHOP, log(T, "x"))))
                .isEqualTo(kind + ": HTTP status " + status + ": entry too far behind");
    }

    @Test
    void retriesSendOnlyWhatIsNotDone() throws Exception {
        exporter("structured_metadata: false, format: raw, max_batch_size_bytes: 1024");
        LogRecord.Builder[] logs = new LogRecord.Builder[100];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = log(T + i, "line number " + i);
        }
        Payload payload = Payload.walk(Signal.LOGS, Unpooled.wrappedBuffer(request(SHOP, logs)));
        backend.answer(204, Map.of(), new byte[0]);
        backend.answer(429, Map.of("Retry-After", "3"), new byte[0]);
        assertThat(export(exporter, payload.retain())).isEqualTo("retryable after PT3S: HTTP status 429");
        backend.requests.remove(1);
        assertThat(export(exporter, payload)).isEqualTo("delivered");
        List<String> lines = new ArrayList<>();
        for (ScriptedHttp.Request sent : backend.requests) {
            lines.addAll(Pushed.lines(sent.body()));
        }
        assertThat(lines).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void damagedBytesAreRefusedOrConvertedButNothingBreaks() throws Exception {
        Random random = new Random(5);
        byte[] whole = request(SHOP, log(T, "a", attribute("loki.format", "json"), attribute("k", "v")));
        int walked = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Payload payload;
            try {
                payload = Payload.walk(Signal.LOGS, Unpooled.wrappedBuffer(bytes));
            } catch (MalformedPayload e) {
                continue;
            }
            walked++;
            assertThat(export(exporter, payload)).doesNotContain("Exception");
        }
        assertThat(walked).isGreaterThan(300);
    }
}

package io.lightvessel.gateway.otlp.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTranscoderTest {
    private static final String SPAN = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{%s}]}]}]}";

    @Test
    void tablesSayWhatThePublishedDescriptorsSay() {
        Set<String> seen = new HashSet<>();
        compare(OtlpTables.TRACES, ExportTraceServiceRequest.getDescriptor(), seen);
        compare(OtlpTables.METRICS, ExportMetricsServiceRequest.getDescriptor(), seen);
        compare(OtlpTables.LOGS, ExportLogsServiceRequest.getDescriptor(), seen);
        compare(OtlpTables.PROFILES, ExportProfilesServiceRequest.getDescriptor(), seen);
        assertThat(seen)
                .contains("ExponentialHistogramDataPoint", "LogRecord", "Link", "ProfilesDictionary", "EntityRef");
    }

    private static void compare(MessageTable table, Descriptor descriptor, Set<String> seen) {
        assertThat(table.name()).isEqualTo(descriptor.getName());
        if (!seen.add(descriptor.getFullName())) {
            return;
        }
        seen.add(descriptor.getName());
        assertThat(table.fields().keySet())
                .as(descriptor.getFullName())
                .containsExactlyInAnyOrderElementsOf(descriptor.getFields().stream()
                        .map(FieldDescriptor::getJsonName)
                        .toList());
        for (FieldDescriptor expected : descriptor.getFields()) {
            MessageTable.Field field = table.field(expected.getJsonName());
            String where = expected.getFullName();
            assertThat(field.number()).as(where).isEqualTo(expected.getNumber());
            assertThat(field.repeated()).as(where).isEqualTo(expected.isRepeated());
            assertThat(field.kind()).as(where).isEqualTo(kind(expected));
            if (field.message() != null) {
                compare(field.message(), expected.getMessageType(), seen);
            }
        }
    }

    private static Kind kind(FieldDescriptor field) {
        return switch (field.getName()) {
            case "trace_id" -> Kind.TRACE_ID;
            case "span_id", "parent_span_id" -> Kind.SPAN_ID;
            default ->
                field.getType() == FieldDescriptor.Type.BYTES
                        ? Kind.BASE64
                        : Kind.valueOf(field.getType().name().toUpperCase(Locale.ROOT));
        };
    }

    @Test
    void randomRequestsComeOutAsTheirOwnProtobuf() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            RandomRequests requests = new RandomRequests(seed);
            Message traces = requests.fill(ExportTraceServiceRequest.newBuilder(), 0);
            assertThat(ExportTraceServiceRequest.parseFrom(transcode(RandomRequests.otlpJson(traces), Signal.TRACES)))
                    .isEqualTo(traces);
            Message metrics = requests.fill(ExportMetricsServiceRequest.newBuilder(), 0);
            assertThat(ExportMetricsServiceRequest.parseFrom(
                            transcode(RandomRequests.otlpJson(metrics), Signal.METRICS)))
                    .isEqualTo(metrics);
            Message logs = requests.fill(ExportLogsServiceRequest.newBuilder(), 0);
            assertThat(ExportLogsServiceRequest.parseFrom(transcode(RandomRequests.otlpJson(logs), Signal.LOGS)))
                    .isEqualTo(logs);
            Message profiles = requests.fill(ExportProfilesServiceRequest.newBuilder(), 0);
            assertThat(ExportProfilesServiceRequest.parseFrom(
                            transcode(RandomRequests.otlpJson(profiles), Signal.PROFILES)))
                    .isEqualTo(profiles);
        }
    }

    @Test
    void integersAreTakenAsNumbersAndAsStrings() throws Exception {
        String asNumber = SPAN.formatted("\"startTimeUnixNano\":1700000000000000001,\"endTimeUnixNano\":1.7e18");
        String asString = SPAN.formatted(
                "\"startTimeUnixNano\":\"1700000000000000001\",\"endTimeUnixNano\":\"1700000000000000000\"");
        assertThat(transcode(asNumber, Signal.TRACES)).isEqualTo(transcode(asString, Signal.TRACES));
    }

    @Test
    void unknownFieldsAndNullsAreIgnored() throws Exception {
        String json = SPAN.formatted("\"name\":\"a\",\"x\":{\"y\":[1,{}]},\"trace_id\":\"zz\",\"status\":null");
        assertThat(transcode(json, Signal.TRACES))
                .isEqualTo(transcode(SPAN.formatted("\"name\":\"a\""), Signal.TRACES));
    }

    @Test
    void idsAreHexInEitherCase() throws Exception {
        String lower =
                SPAN.formatted("\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\"");
        String upper =
                SPAN.formatted("\"traceId\":\"5B8EFFF798038103D269B633813FC60C\",\"spanId\":\"EEE19B7EC3C1B174\"");
        assertThat(transcode(lower, Signal.TRACES)).isEqualTo(transcode(upper, Signal.TRACES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"traceId\":\"W47/95gDgQPSabYzgT/GDA==\"|/resourceSpans/0/scopeSpans/0/spans/0/traceId: \"W47/95gDgQPSabYzgT/GDA==\" (expected: 32 hexadecimal digits)",
                "\"spanId\":\"eee19b7ec3c1b1zz\"|/resourceSpans/0/scopeSpans/0/spans/0/spanId: \"eee19b7ec3c1b1zz\" (expected: 16 hexadecimal digits)",
                "\"kind\":\"SPAN_KIND_SERVER\"|/resourceSpans/0/scopeSpans/0/spans/0/kind: \"SPAN_KIND_SERVER\" (expected: an enum's number)",
                "\"name\":5|/resourceSpans/0/scopeSpans/0/spans/0/name: 5 (expected: a string)",
                "\"attributes\":{}|/resourceSpans/0/scopeSpans/0/spans/0/attributes: an object (expected: an array)",
                "\"status\":[]|/resourceSpans/0/scopeSpans/0/spans/0/status: an array (expected: an object)",
                "\"flags\":4294967296|/resourceSpans/0/scopeSpans/0/spans/0/flags: 4294967296 (expected: an integer from 0 to 4294967295)",
                "\"endTimeUnixNano\":\"-1\"|/resourceSpans/0/scopeSpans/0/spans/0/endTimeUnixNano: \"-1\" (expected: an integer from 0 to 18446744073709551615)",
                "\"endTimeUnixNano\":1e999999999|/resourceSpans/0/scopeSpans/0/spans/0/endTimeUnixNano: 1e999999999 (expected: an integer from 0 to 18446744073709551615)",
                "\"endTimeUnixNano\":\"1e-999999999\"|/resourceSpans/0/scopeSpans/0/spans/0/endTimeUnixNano: \"1e-999999999\" (expected: an integer from 0 to 18446744073709551615)"
            })
    void saysWhereAndWhatAndWhatWasExpected(String field, String message) {
        assertThatThrownBy(() -> transcode(SPAN.formatted(field), Signal.TRACES))
                .isInstanceOf(MalformedJson.class)
                .hasMessage(message);
    }

    @Test
    void truncatedAndForeignBodiesAreRefused() {
        for (String body : new String[] {"", "[]", "5", "{", "{\"resourceSpans\":[{", "{} {}", "\u0000", "nonsense"}) {
            assertThatThrownBy(() -> transcode(body, Signal.TRACES)).as(body).isInstanceOf(MalformedJson.class);
        }
    }

    @Test
    void nestingIsLimited() {
        StringBuilder json = new StringBuilder("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":");
        json.append("{\"arrayValue\":{\"values\":[".repeat(80)).append("{}").append("]}}".repeat(80));
        json.append("}]}]}]}");
        assertThatThrownBy(() -> transcode(json.toString(), Signal.LOGS)).hasMessage("nested deeper than 100 messages");
    }

    private static byte[] transcode(String json, Signal signal) throws MalformedJson {
        ProtoWriter out = new ProtoWriter(16);
        JsonTranscoder.transcode(signal, new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), out);
        return out.toByteArray();
    }
}

package io.lightvessel.gateway.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.ReceiverRun;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a real client sends to {@code jaeger.api_v2.CollectorService} over gRPC: OpenTelemetry's own exporter, in the last
 * version that there is of it, in a process of its own since it needs the SDK of its day.
 */
class JaegerSdkIT {
    private static final Path JARS = Path.of("target/jaeger-client");
    private static final Path PROGRAM = Path.of("src/test/jaeger/JaegerSender.java");

    @Test
    void takesWhatOpenTelemetrysJaegerExporterSendsOverGrpc() throws Exception {
        List<ResourceSpans> resources = new ArrayList<>();
        try (ReceiverRun run = new ReceiverRun(
                JaegerReceiverFactory::new, "jaeger", "{protocols: {grpc: {endpoint: '127.0.0.1:0'}}}", 64 << 20)) {
            // Before it come warnings of the JDK's about libraries of that time.
            assertThat(send("http://127.0.0.1:" + run.port("grpc")).lines()).endsWith("sent");
            while (spans(resources).size() < 201) {
                resources.addAll(run.next().getResourceSpansList());
            }
            assertThat(run.context.turnedAway).isEmpty();
        }
        assertThat(resources).allSatisfy(resource -> {
            assertThat(attributes(resource.getResource().getAttributesList()))
                    .containsEntry("service.name", "shop")
                    .containsEntry("host.name", "node-1");
            assertThat(resource.getScopeSpans(0).getScope().getName()).isEqualTo("checkout");
            assertThat(resource.getScopeSpans(0).getScope().getVersion()).isEqualTo("1.2");
        });
        Map<String, Span> byName = spans(resources).stream().collect(Collectors.toMap(Span::getName, span -> span));
        assertThat(byName).hasSize(201);
        Span parent = byName.get("POST /orders");
        assertThat(parent.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(parent.getParentSpanId()).isEmpty();
        assertThat(parent.getStartTimeUnixNano()).isEqualTo(5_000_000_000L);
        assertThat(parent.getEndTimeUnixNano()).isEqualTo(5_250_000_000L);
        Span child = byName.get("query 7");
        assertThat(child.getTraceId()).isEqualTo(parent.getTraceId());
        assertThat(child.getParentSpanId()).isEqualTo(parent.getSpanId());
        assertThat(child.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(child.getStatus().getCodeValue()).isEqualTo(2);
        assertThat(child.getStatus().getMessage()).isEqualTo("deadlock");
        assertThat(attributes(child.getAttributesList()))
                .containsEntry("db.rows", 7L)
                .containsEntry("db.ratio", 0.5)
                .containsEntry("db.cached", true)
                .containsEntry("db.system", "postgresql")
                // Jaeger has no lists: its exporters write them as JSON.
                .containsEntry("db.shards", "[1,2]");
        assertThat(child.getEventsList()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("retry");
            assertThat(attributes(event.getAttributesList())).containsEntry("attempt", 2L);
        });
        assertThat(child.getLinksList())
                .anySatisfy(link -> assertThat(link.getSpanId()).isEqualTo(parent.getSpanId()));
    }

    private static String send(String endpoint) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        JARS + "/*",
                        PROGRAM.toString(),
                        endpoint)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
            return output.strip();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<Span> spans(List<ResourceSpans> resources) {
        return resources.stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    private static Map<String, Object> attributes(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, pair -> value(pair.getValue())));
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            default -> throw new AssertionError(value);
        };
    }
}

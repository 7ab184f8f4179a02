package io.lightvessel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.Backend;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext.Taken;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.FlowSnapshot;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the OpenTelemetry Java SDK sends, through receiver and exporter to another OTLP server. */
class OtlpSdkIT {
    private static String config(Backend backend, String exporter) {
        return """
                receivers:
                  otlp: {protocols: {grpc: {endpoint: "127.0.0.1:0"}, http: {endpoint: "127.0.0.1:0"}}}
                exporters:
                  otlp: {endpoint: "127.0.0.1:%d", tls: {insecure: true}}
                  otlphttp: {endpoint: "http://127.0.0.1:%d/"}
                service:
                  pipelines:
                    traces: {receivers: [otlp], exporters: [%3$s]}
                    metrics: {receivers: [otlp], exporters: [%3$s]}
                    logs: {receivers: [otlp], exporters: [%3$s]}
                """.formatted(backend.grpcPort(), backend.httpPort(), exporter);
    }

    @ParameterizedTest
    @CsvSource({"grpc, none, otlp", "grpc, gzip, otlphttp", "http, none, otlphttp", "http, gzip, otlp"})
    void everySignalArrives(String protocol, String compression, String exporter) throws Exception {
        try (Backend backend = new Backend();
                Engines engines = new Engines(config(backend, exporter))) {
            String url = "http://127.0.0.1:" + engines.port(protocol);
            sendSpans(url, protocol, compression);
            Taken spans = backend.context.next();
            assertThat(spans.transport()).isEqualTo(exporter.equals("otlp") ? "grpc" : "http");
            assertThat(spans.signal()).isEqualTo(Signal.TRACES);
            assertThat(ExportTraceServiceRequest.parseFrom(spans.bytes())
                            .getResourceSpans(0)
                            .getScopeSpans(0)
                            .getSpansList())
                    .hasSize(100)
                    .allMatch(span -> span.getName().startsWith("checkout "));
            sendMetrics(url, protocol, compression);
            assertThat(ExportMetricsServiceRequest.parseFrom(
                                    backend.context.next().bytes())
                            .getResourceMetrics(0)
                            .getScopeMetrics(0)
                            .getMetrics(0)
                            .getSum()
                            .getDataPoints(0)
                            .getAsInt())
                    .isEqualTo(3);
            sendLogs(url, protocol, compression);
            assertThat(ExportLogsServiceRequest.parseFrom(backend.context.next().bytes())
                            .getResourceLogs(0)
                            .getScopeLogs(0)
                            .getLogRecords(0)
                            .getBody()
                            .getStringValue())
                    .isEqualTo("Grüße");
            assertThat(engines.engine.flow().pipelines()).hasSize(3).allMatch(FlowSnapshot.Ledger::isBalanced);
        }
    }

    private static void sendSpans(String url, String protocol, String compression) {
        SpanExporter exporter = protocol.equals("grpc")
                ? OtlpGrpcSpanExporter.builder()
                        .setEndpoint(url)
                        .setCompression(compression)
                        .build()
                : OtlpHttpSpanExporter.builder()
                        .setEndpoint(url + "/v1/traces")
                        .setCompression(compression)
                        .build();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build()) {
            Tracer tracer = provider.get("shop");
            for (int i = 0; i < 100; i++) {
                tracer.spanBuilder("checkout " + i).startSpan().end();
            }
            assertSucceeds(provider.forceFlush());
        }
    }

    private static void sendMetrics(String url, String protocol, String compression) {
        MetricExporter exporter = protocol.equals("grpc")
                ? OtlpGrpcMetricExporter.builder()
                        .setEndpoint(url)
                        .setCompression(compression)
                        .build()
                : OtlpHttpMetricExporter.builder()
                        .setEndpoint(url + "/v1/metrics")
                        .setCompression(compression)
                        .build();
        SdkMeterProvider provider = SdkMeterProvider.builder()
                .registerMetricReader(PeriodicMetricReader.create(exporter))
                .build();
        provider.get("shop").counterBuilder("orders").build().add(3);
        assertSucceeds(provider.shutdown());
    }

    private static void sendLogs(String url, String protocol, String compression) {
        LogRecordExporter exporter = protocol.equals("grpc")
                ? OtlpGrpcLogRecordExporter.builder()
                        .setEndpoint(url)
                        .setCompression(compression)
                        .build()
                : OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(url + "/v1/logs")
                        .setCompression(compression)
                        .build();
        try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
                .build()) {
            provider.get("shop")
                    .logRecordBuilder()
                    .setSeverity(Severity.INFO)
                    .setBody("Grüße")
                    .emit();
            assertSucceeds(provider.forceFlush());
        }
    }

    private static void assertSucceeds(CompletableResultCode result) {
        assertThat(result.join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
    }

    @Test
    void reloadKeepsAnOpenConnectionAndItsCalls() throws Exception {
        try (Backend backend = new Backend();
                Engines engines = new Engines(config(backend, "otlp"));
                RawGrpc client = new RawGrpc(engines.port("grpc"))) {
            byte[] spans = Requests.spans(2).toByteArray();
            assertThat(client.call(RawGrpc.TRACES, spans).status()).isEqualTo("0");
            assertThat(backend.context.next().bytes()).isEqualTo(spans);
            for (int i = 0; i < 10; i++) {
                String changed = config(backend, "otlp")
                        .replace("grpc: {", "grpc: {max_recv_msg_size_mib: " + (i + 1) + ", ")
                        .replace("exporters:\n  otlp:", """
                                processors:
                                  resource: {attributes: [{key: region, value: "eu-%d", action: upsert}]}
                                exporters:
                                  otlp:""".formatted(i))
                        .replace("traces: {receivers: [otlp],", "traces: {receivers: [otlp], processors: [resource],");
                assertThat(engines.engine.apply(Engines.parse(changed))).isEqualTo(new ApplyOutcome.Applied(List.of()));
                assertThat(client.call(RawGrpc.TRACES, spans).status()).isEqualTo("0");
                assertThat(ExportTraceServiceRequest.parseFrom(
                                        backend.context.next().bytes())
                                .getResourceSpans(0)
                                .getResource()
                                .getAttributesList())
                        .contains(Requests.attribute("region", "eu-" + i));
            }
            assertThat(client.channel().isActive()).isTrue();
            assertThat(client.goAway.getCount()).isEqualTo(1);
        }
    }
}

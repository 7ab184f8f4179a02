package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.processor.BuiltInProcessors;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRequest;
import io.lightvessel.pipeline.storage.FileStorageFactory;
import io.netty.buffer.ByteBuf;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads that are not OTLP on their way through a graph. */
class PayloadFormsTest {

    private static final ComponentId TAKES_SERIES = ComponentId.of("prometheusremotewrite");
    private static final PipelineId METRICS = PipelineId.of(Signal.METRICS);

    @TempDir
    private Path directory;

    private final TestComponents components = new TestComponents();
    private final AtomicInteger conversions = new AtomicInteger();
    private int missing;
    private final List<GraphEngine> engines = new ArrayList<>();

    @AfterEach
    void close() {
        engines.forEach(GraphEngine::close);
    }

    /** Makes as many empty points as the payload has records, or fewer. */
    private final class Converter implements FormConverter {
        @Override
        public PayloadForm form() {
            return PayloadForm.SERIES;
        }

        @Override
        public ByteBuf toOtlp(Payload payload) {
            conversions.incrementAndGet();
            return Fixtures.bytes(points(payload.records() - missing));
        }
    }

    private static ExportMetricsServiceRequest points(int count) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (int i = 0; i < count; i++) {
            gauge.addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(i + 1));
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Fixtures.resource("converted"))
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder().setName("m").setGauge(gauge))))
                .build();
    }

    private GraphEngine engine(FormConverter... converters) {
        components.forms.put(TAKES_SERIES, Set.of(PayloadForm.OTLP, PayloadForm.SERIES));
        EngineTimer timer = new EngineTimer();
        GraphEngine engine = new GraphEngine(
                new EngineOptions(64 << 20, Duration.ofMillis(300), "0.1.0", "test"),
                new ComponentFactories(
                        components.factories().receivers(),
                        BuiltInProcessors.all(),
                        components.factories().exporters(),
                        List.of(new FileStorageFactory(directory)),
                        List.of(converters)),
                timer,
                timer::close);
        engines.add(engine);
        return engine;
    }

    private static void apply(GraphEngine engine, String processors, String exporters) {
        assertThat(engine.apply(Configs.parse("""
                receivers: { otlp: { protocols: { grpc: } } }
                processors:
                  batch: { timeout: 0s }
                  memory_limiter: { limit_mib: 100, check_interval: 1s }
                  resource: { attributes: [ { key: env, value: test, action: upsert } ] }
                exporters:
                  debug:
                  otlp/a: { endpoint: "a:4317" }
                  prometheusremotewrite: { endpoint: "http://a:1/write" }
                service:
                  pipelines: { metrics: { receivers: [otlp], processors: [%s], exporters: [%s] } }
                """.formatted(processors, exporters))))
                .isEqualTo(new ApplyOutcome.Applied(List.of()));
    }

    private static Payload series(int count) throws MalformedPayload {
        SeriesRequest request = new SeriesRequest();
        for (int i = 0; i < count; i++) {
            request.sample(SeriesReader.GAUGE, 1, i, "__name__", "g", "job", "shop", "n", "" + i);
        }
        return Payload.series(request.bytes(), null, 7);
    }

    private FlowSnapshot.Ledger balanced(GraphEngine engine) throws InterruptedException {
        ReloadTest.await(() -> {
            FlowSnapshot.Ledger ledger = engine.flow().pipelines().getFirst();
            return ledger.isBalanced() && ledger.queued().records() == 0;
        });
        return engine.flow().pipelines().getFirst();
    }

    @Test
    void seriesGoUntouchedToWhoTakesThemAndConvertedOnceToOthers() throws Exception {
        GraphEngine engine = engine(new Converter());
        apply(engine, "memory_limiter, batch", "prometheusremotewrite, debug, otlp/a");
        Payload payload = series(5);
        byte[] bytes = Fixtures.copy(payload);

        assertThat(components.receiver("otlp").send(payload).await().refusal()).isNull();
        FlowSnapshot.Ledger ledger = balanced(engine);
        assertThat(ledger.received()).isEqualTo(new Count(15, 3L * bytes.length));
        assertThat(ledger.delivered()).isEqualTo(ledger.received());
        assertThat(components.exporter("prometheusremotewrite").received())
                .singleElement()
                .isEqualTo(bytes);
        for (String exporter : List.of("debug", "otlp/a")) {
            assertThat(components.exporter(exporter).received())
                    .singleElement()
                    .isEqualTo(points(5).toByteArray());
        }
        assertThat(conversions).hasValue(1);
        assertThat(engine.flow().sources())
                .extracting(FlowSnapshot.Source::serviceName)
                .containsExactly("shop");
        ReloadTest.await(() -> payload.refCnt() == 0);
        assertThat(engine.budget().used()).isZero();
    }

    @Test
    void batchesNeverMergeSeries() throws Exception {
        GraphEngine engine = engine(new Converter());
        assertThat(engine.apply(Configs.parse("""
                receivers: { otlp: { protocols: { grpc: } } }
                processors: { batch: { timeout: 1h, send_batch_size: 1000, send_batch_max_size: 1000 } }
                exporters: { prometheusremotewrite: { endpoint: "http://a:1/write" } }
                service:
                  pipelines: { metrics: { receivers: [otlp], processors: [batch], exporters: [prometheusremotewrite] } }
                """))).isEqualTo(new ApplyOutcome.Applied(List.of()));
        for (int count : List.of(2, 3, 1200)) {
            assertThat(components.receiver("otlp").send(series(count)).await().refusal())
                    .isNull();
        }
        balanced(engine);
        assertThat(components.exporter("prometheusremotewrite").received()).hasSize(3);
        Payload one = series(1);
        Payload other = series(1);
        assertThatThrownBy(() -> Payload.concatenated(List.of(one, other)))
                .hasMessage("payloads of form SERIES cannot be concatenated (expected: OTLP)");
    }

    @Test
    void processorsThatLookInsideGetOtlp() throws Exception {
        GraphEngine engine = engine(new Converter());
        apply(engine, "resource", "prometheusremotewrite");
        Payload payload = series(3);
        long size = payload.size();
        assertThat(components.receiver("otlp").send(payload).await().refusal()).isNull();
        FlowSnapshot.Ledger ledger = balanced(engine);
        assertThat(ledger.delivered()).isEqualTo(new Count(3, size));
        byte[] sent = components.exporter("prometheusremotewrite").received().getFirst();
        assertThat(ExportMetricsServiceRequest.parseFrom(sent)
                        .getResourceMetrics(0)
                        .getResource()
                        .getAttributesList())
                .containsExactly(Fixtures.attribute("service.name", "converted"), Fixtures.attribute("env", "test"));
    }

    @Test
    void watchersSeeOtlp() throws Exception {
        GraphEngine engine = engine(new Converter());
        apply(engine, "", "prometheusremotewrite");
        List<byte[]> seen = new CopyOnWriteArrayList<>();
        engine.watch(METRICS, "receiver/otlp", "exporter/prometheusremotewrite", payload -> {
                    assertThat(payload.form()).isEqualTo(PayloadForm.OTLP);
                    seen.add(Fixtures.copy(payload));
                })
                .orElseThrow();
        components.receiver("otlp").send(series(2)).await();
        assertThat(seen).singleElement().isEqualTo(points(2).toByteArray());
    }

    @Test
    void aFormNobodyCanConvertIsRefusedForGoodAndOtherBranchesGetIt() throws Exception {
        GraphEngine engine = engine();
        apply(engine, "", "prometheusremotewrite, debug");
        RecordingResult result = components.receiver("otlp").send(series(2)).await();
        assertThat(result.refusal().isRetryable()).isFalse();
        assertThat(result.refusal().message())
                .isEqualTo("metrics payload of 2 records, 89 bytes has the form series, of which this agent cannot make"
                        + " OTLP (expected: a component that takes it as it is)");
        FlowSnapshot.Ledger ledger = balanced(engine);
        assertThat(ledger.delivered().records()).isEqualTo(2);
        assertThat(ledger.dropped().get(DropReason.NOT_CONVERTIBLE).records()).isEqualTo(2);

        apply(engine, "resource", "prometheusremotewrite");
        assertThat(components.receiver("otlp").send(series(2)).await().isAccepted())
                .isFalse();
        balanced(engine);
    }

    @Test
    void aConversionThatChangesTheCountIsRefused() throws Exception {
        missing = 1;
        GraphEngine engine = engine(new Converter());
        apply(engine, "", "debug");
        RecordingResult result = components.receiver("otlp").send(series(4)).await();
        assertThat(result.refusal().message()).endsWith("became OTLP of 3 records (expected: 4)");
        FlowSnapshot.Ledger ledger = balanced(engine);
        assertThat(ledger.dropped().get(DropReason.COMPONENT_FAILURE).records()).isEqualTo(4);
    }

    @Test
    void aQueueOnDiskKeepsFormAndOrder() throws Exception {
        String config = """
                receivers: { otlp: { protocols: { grpc: } } }
                extensions: { file_storage: { timeout: 5s } }
                exporters:
                  otlp/a:
                    endpoint: "a:4317"
                    sending_queue: { storage: file_storage }
                    retry_on_failure: { max_elapsed_time: 0s }
                service:
                  extensions: [file_storage]
                  pipelines: { metrics: { receivers: [otlp], exporters: [otlp/a] } }
                """;
        ComponentId exporter = ComponentId.parse("otlp/a");
        components.forms.put(exporter, Set.of(PayloadForm.OTLP, PayloadForm.SERIES));
        components.backends.put(
                exporter,
                (_, delivery) ->
                        delivery.failed(Refusal.retryable(DropReason.BACKEND_REFUSED, "away", Duration.ofDays(1))));
        GraphEngine first = engine(new Converter());
        first.apply(Configs.parse(config));
        assertThat(components.receiver("otlp").send(series(3)).await().refusal())
                .isNull();
        assertThat(components
                        .receiver("otlp")
                        .send(Fixtures.payload(Signal.METRICS, points(4)))
                        .await()
                        .refusal())
                .isNull();
        first.close();

        List<String> restored = new CopyOnWriteArrayList<>();
        components.backends.put(exporter, (payload, delivery) -> {
            restored.add(payload.form() + " " + payload.records() + " " + payload.order());
            delivery.delivered();
        });
        GraphEngine second = engine(new Converter());
        second.apply(Configs.parse(config));
        balanced(second);
        assertThat(restored).containsExactlyInAnyOrder("SERIES 3 [7]", "OTLP 4 []");
        second.close();

        // The form is kept, but the exporter of this life does not take it any more.
        components.backends.put(
                exporter,
                (_, delivery) ->
                        delivery.failed(Refusal.retryable(DropReason.BACKEND_REFUSED, "away", Duration.ofDays(1))));
        GraphEngine third = engine(new Converter());
        third.apply(Configs.parse(config));
        components.receiver("otlp").send(series(2)).await();
        third.close();
        components.forms.remove(exporter);
        restored.clear();
        components.backends.put(exporter, (payload, delivery) -> {
            restored.add(payload.form() + " " + payload.records());
            delivery.delivered();
        });
        GraphEngine fourth = engine(new Converter());
        fourth.apply(Configs.parse(config));
        balanced(fourth);
        assertThat(restored).containsExactly("OTLP 2");
    }
}

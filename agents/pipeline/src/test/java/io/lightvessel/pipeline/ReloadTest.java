package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Finding;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.Signal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReloadTest {

    private static final Refusal AWAY = Refusal.retryable(DropReason.BACKEND_REFUSED, "backend away", null);

    private final TestComponents components = new TestComponents();
    private final ManualTimer timer = new ManualTimer();
    private final GraphEngine engine = GraphEngineTest.engine(components, timer);

    @AfterEach
    void close() {
        engine.close();
    }

    private static PipelineConfig config(String team, String endpoint, String receiver) {
        return Configs.parse("""
                receivers: { otlp: { protocols: { grpc: { endpoint: "%s" } } } }
                processors:
                  batch:
                  resource: { attributes: [ { key: team, value: %s, action: upsert } ] }
                exporters: { otlp/a: { endpoint: "%s" }, debug: }
                service:
                  pipelines:
                    logs: { receivers: [otlp], processors: [resource, batch], exporters: [otlp/a] }
                    traces: { receivers: [otlp], exporters: [debug] }
                """.formatted(receiver, team, endpoint));
    }

    @Test
    void anEqualConfigTouchesNothing() {
        engine.apply(config("red", "a:1", "h:1"));
        components.events.clear();
        assertThat(engine.apply(config("red", "a:1", "h:1"))).isEqualTo(new ApplyOutcome.Applied(List.of()));
        assertThat(components.events).isEmpty();
    }

    @Test
    void aChangedProcessorLeavesReceiversAndExportersAlone() throws Exception {
        engine.apply(config("red", "a:1", "h:1"));
        components.events.clear();
        RecordingResult before = components.receiver("otlp").send(Fixtures.logs("shop", 1));
        engine.apply(config("blue", "a:1", "h:1"));
        assertThat(components.events).isEmpty();
        assertThat(before.await().isAccepted())
                .as("the old batch was passed on, not forgotten")
                .isTrue();

        RecordingResult after = components.receiver("otlp").send(Fixtures.logs("shop", 1));
        timer.advance(Duration.ofMillis(200));
        assertThat(after.await().isAccepted()).isTrue();
        awaitDelivered(2);
        List<String> teams = components.exporter("otlp/a").received().stream()
                .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .map(text -> text.contains("blue") ? "blue" : text.contains("red") ? "red" : "none")
                .sorted()
                .toList();
        assertThat(teams).containsExactly("blue", "red");
    }

    @Test
    void aChangedReceiverIsPreparedBesideTheOldOne() {
        engine.apply(config("red", "a:1", "h:1"));
        components.events.clear();
        engine.apply(config("red", "a:1", "h:2"));
        assertThat(components.events)
                .containsExactly("prepare receiver otlp after another", "commit receiver otlp", "stop receiver otlp");
    }

    @Test
    void aChangedExporterInheritsTheQueue() throws Exception {
        engine.apply(config("red", "wrong:1", "h:1"));
        components.backends.put(ComponentId.parse("otlp/a"), (payload, delivery) -> delivery.failed(AWAY));
        RecordingResult result = components.receiver("otlp").send(Fixtures.logs("shop", 3));
        timer.advance(Duration.ofMillis(200));
        assertThat(result.await().isAccepted()).isTrue();
        await(() -> "backend away".equals(destination("otlp/a").lastError()));
        assertThat(destination("otlp/a").queuedRecords()).isEqualTo(3);
        assertThat(engine.health().lastError()).isEqualTo("pipeline:logs: exporter:otlp/a: backend away");

        components.backends.clear();
        components.events.clear();
        engine.apply(config("red", "right:1", "h:1"));
        awaitDelivered(3);
        assertThat(components.exporter("otlp/a").received())
                .as("by the new one")
                .hasSize(1);
        await(() -> components.events.contains("stop exporter otlp/a"));
        assertThat(components.events)
                .containsExactly(
                        "prepare exporter otlp/a after another", "commit exporter otlp/a", "stop exporter otlp/a");
        await(() -> engine.health().healthy());
    }

    @Test
    void whatCannotStartIsRefusedAndTheOldGraphGoesOn() throws Exception {
        engine.apply(config("red", "a:1", "h:1"));
        components.events.clear();
        components.broken.add(ComponentId.of("otlp"));
        ApplyOutcome outcome = engine.apply(config("blue", "b:1", "h:2"));
        assertThat(outcome)
                .isEqualTo(new ApplyOutcome.Refused(
                        "receiver/otlp: cannot listen on 127.0.0.1:1: address already in use",
                        List.of(new Finding(
                                Finding.Severity.ERROR,
                                "receivers::otlp",
                                "cannot listen on 127.0.0.1:1: address already in use",
                                null))));
        assertThat(components.events).containsExactly("prepare exporter otlp/a after another", "abort exporter otlp/a");
        components.receiver("otlp").send(Fixtures.logs("shop", 2));
        timer.advance(Duration.ofMillis(200));
        awaitDelivered(2);
        assertThat(new String(
                        components.exporter("otlp/a").received().getFirst(),
                        java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("red");
    }

    @Test
    void aColdStartRunsWhatItCan() throws Exception {
        components.broken.add(ComponentId.of("debug"));
        ApplyOutcome outcome = engine.apply(config("red", "a:1", "h:1"));
        assertThat(outcome)
                .isEqualTo(new ApplyOutcome.Applied(
                        List.of(new ApplyOutcome.BrokenPipeline("traces", "exporter/debug", "ca.pem: no such file"))));
        ComponentHealth health = engine.health();
        assertThat(health.healthy()).isFalse();
        assertThat(health.lastError()).isEqualTo("pipeline:traces: exporter/debug: ca.pem: no such file");
        assertThat(health.children().get("pipeline:logs").healthy()).isTrue();
        components.receiver("otlp").send(Fixtures.logs("shop", 2));
        timer.advance(Duration.ofMillis(200));
        awaitDelivered(2);
        assertThat(components.receiver("otlp").outlet(Signal.TRACES).isConnected())
                .isFalse();

        components.broken.clear();
        engine.apply(config("red", "a:1", "h:1"));
        assertThat(engine.health().healthy()).isTrue();
        assertThat(components.receiver("otlp").outlet(Signal.TRACES).isConnected())
                .isTrue();
    }

    @Test
    void aColdStartWithNothingThatRunsIsRefused() {
        components.broken.add(ComponentId.of("otlp"));
        assertThat(engine.apply(config("red", "a:1", "h:1"))).isInstanceOf(ApplyOutcome.Refused.class);
        assertThat(components.events)
                .contains("abort exporter otlp/a", "abort exporter debug")
                .noneMatch(event -> event.startsWith("commit"));
    }

    @Test
    void aRemovedExporterSendsItsQueueBeforeItGoes() throws Exception {
        engine.apply(config("red", "a:1", "h:1"));
        components.backends.put(
                ComponentId.parse("otlp/a"),
                (payload, delivery) -> components.exporter("otlp/a").pending.add(delivery));
        components.receiver("otlp").send(Fixtures.logs("shop", 4));
        timer.advance(Duration.ofMillis(200));
        Delivery underWay = components.exporter("otlp/a").pending.take();
        engine.apply(Configs.parse("""
                receivers: { otlp: { protocols: { grpc: { endpoint: "h:1" } } } }
                exporters: { debug: }
                service: { pipelines: { logs: { receivers: [otlp], exporters: [debug] } } }
                """));
        assertThat(ledger("logs").queued().records()).isEqualTo(4);
        underWay.delivered();
        awaitDelivered(4);
        await(() -> components.events.contains("stop exporter otlp/a"));
        components.receiver("otlp").send(Fixtures.logs("shop", 1));
        awaitDelivered(5);
        assertThat(ledger("logs").isBalanced()).isTrue();
    }

    @Test
    void aRemovedReceiverTellsProducersToComeBack() {
        engine.apply(config("red", "a:1", "h:1"));
        TestComponents.TestReceiver old = components.receiver("otlp");
        engine.close();
        RecordingResult result = old.send(Fixtures.logs("shop", 1));
        assertThat(result.refusal().reason()).isEqualTo(DropReason.SHUTTING_DOWN);
        assertThat(result.refusal().isRetryable()).isTrue();
        assertThat(engine.apply(config("red", "a:1", "h:1")))
                .isEqualTo(new ApplyOutcome.Refused("the engine is closed", List.of()));
    }

    @Test
    void closingStopsInTheOrderThatLosesNothing() throws Exception {
        engine.apply(config("red", "a:1", "h:1"));
        components.events.clear();
        RecordingResult result = components.receiver("otlp").send(Fixtures.logs("shop", 3));
        engine.close();
        assertThat(result.await().isAccepted()).isTrue();
        assertThat(components.events.getFirst()).isEqualTo("stop receiver otlp");
        assertThat(components.events).contains("stop exporter otlp/a", "stop exporter debug");
        assertThat(ledger("logs").delivered().records()).isEqualTo(3);
        assertThat(ledger("logs").isBalanced()).isTrue();
    }

    @Test
    void aFullQueueOfOnePipelineRefusesButTheOtherGoesOn() throws Exception {
        engine.apply(Configs.parse("""
                receivers: { otlp: { protocols: { grpc: } } }
                exporters:
                  otlp/a: { endpoint: "a:1", sending_queue: { queue_size: 1, num_consumers: 1 } }
                  debug:
                service:
                  pipelines:
                    logs: { receivers: [otlp], exporters: [otlp/a] }
                    logs/copy: { receivers: [otlp], exporters: [debug] }
                """));
        components.backends.put(
                ComponentId.parse("otlp/a"),
                (payload, delivery) -> components.exporter("otlp/a").pending.add(delivery));
        assertThat(components
                        .receiver("otlp")
                        .send(Fixtures.logs("shop", 1))
                        .await()
                        .isAccepted())
                .isTrue();
        RecordingResult refused =
                components.receiver("otlp").send(Fixtures.logs("shop", 2)).await();
        assertThat(refused.refusal().reason()).isEqualTo(DropReason.QUEUE_FULL);
        components.exporter("otlp/a").pending.take().delivered();
        await(() -> ledger("logs/copy").delivered().records() == 3);
        await(() -> ledger("logs").delivered().records() == 1);
        assertThat(ledger("logs").losses()).singleElement().satisfies(loss -> {
            assertThat(loss.component()).startsWith("exporter/otlp");
            assertThat(loss.reason()).isEqualTo(DropReason.QUEUE_FULL);
        });
        assertThat(ledger("logs").isBalanced()).isTrue();
        assertThat(ledger("logs/copy").isBalanced()).isTrue();
    }

    private FlowSnapshot.Ledger ledger(String pipeline) {
        return engine.flow().pipelines().stream()
                .filter(ledger -> ledger.pipeline().toString().equals(pipeline))
                .findFirst()
                .orElseThrow();
    }

    private FlowSnapshot.Destination destination(String exporter) {
        return engine.flow().destinations().stream()
                .filter(destination -> destination.exporter().toString().equals(exporter))
                .findFirst()
                .orElseThrow();
    }

    private void awaitDelivered(long records) throws InterruptedException {
        await(() -> ledger("logs").delivered().records() == records);
        assertThat(ledger("logs").isBalanced()).isTrue();
    }

    static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (i > 3000) {
                throw new AssertionError("did not come true");
            }
            Thread.sleep(10);
        }
    }
}

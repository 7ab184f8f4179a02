package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.processor.BuiltInProcessors;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphEngineTest {

    private final TestComponents components = new TestComponents();
    private final ManualTimer timer = new ManualTimer();
    private final GraphEngine engine = engine(components, timer);

    static GraphEngine engine(TestComponents components, Timer timer) {
        ComponentFactories factories = components.factories();
        return new GraphEngine(
                new EngineOptions(64 << 20, Duration.ofSeconds(2), "0.1.0", "test"),
                new ComponentFactories(
                        factories.receivers(), BuiltInProcessors.all(), factories.exporters(), factories.extensions()),
                timer,
                () -> {});
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void telemetryFlowsAndTheBooksTellWhere() throws Exception {
        assertThat(engine.apply(Configs.direct("logs", "batch:", "batch")))
                .isEqualTo(new ApplyOutcome.Applied(List.of()));

        RecordingResult first = components.receiver("otlp").send(Fixtures.logs("shop", 3));
        RecordingResult second = components.receiver("otlp").send(Fixtures.logs("cart", 2));
        assertThat(first.isDone()).as("answered before the batch is safe").isFalse();
        assertThat(engine.flow().pipelines().getFirst().queued().records()).isEqualTo(5);
        timer.advance(Duration.ofMillis(200));
        assertThat(first.await().isAccepted()).isTrue();
        assertThat(second.await().isAccepted()).isTrue();

        FlowSnapshot flow = engine.flow();
        FlowSnapshot.Ledger ledger = flow.pipelines().getFirst();
        assertThat(ledger.isBalanced()).isTrue();
        assertThat(ledger.received().records()).isEqualTo(5);
        assertThat(ledger.delivered()).isEqualTo(ledger.received());
        assertThat(flow.sources())
                .extracting(
                        FlowSnapshot.Source::serviceName,
                        source -> source.amount().records())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("shop", 3L),
                        org.assertj.core.groups.Tuple.tuple("cart", 2L));
        assertThat(flow.edges())
                .extracting(
                        FlowSnapshot.Edge::from,
                        FlowSnapshot.Edge::to,
                        edge -> edge.amount().records())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("receiver/otlp", "processor/batch", 5L),
                        org.assertj.core.groups.Tuple.tuple("processor/batch", "exporter/debug", 5L));
        assertThat(flow.destinations()).singleElement().satisfies(destination -> {
            assertThat(destination.exporter()).isEqualTo(ComponentId.of("debug"));
            assertThat(destination.acknowledged().records()).isEqualTo(5);
            assertThat(destination.endpoint()).isEqualTo("backend:debug");
        });
        assertThat(components.exporter("debug").received()).hasSize(1);
        assertThat(engine.health().healthy()).isTrue();
        assertThat(engine.health().children().get("pipeline:logs").children().keySet())
                .containsExactly("exporter:debug", "processor:batch", "receiver:otlp");
    }

    @Test
    void whatAReceiverLeavesOutIsInTheLedger() {
        engine.apply(Configs.direct("logs", "", ""));
        components.receiver("otlp").outlet(Signal.LOGS).leftOut(DropReason.RATE_LIMITED, 7, 700);
        FlowSnapshot.Ledger ledger = engine.flow().pipelines().getFirst();
        assertThat(ledger.isBalanced()).isTrue();
        assertThat(ledger.received()).isEqualTo(new Count(7, 700));
        assertThat(ledger.losses())
                .containsExactly(new FlowSnapshot.Loss("receiver/otlp", DropReason.RATE_LIMITED, new Count(7, 700)));
    }

    @Test
    void theLedgerTellsApartWhatDropped() {
        engine.apply(Configs.parse("""
                receivers: { otlp: { protocols: { grpc: } } }
                processors:
                  filter/a: { log_conditions: ['log.attributes["n"] == 1'] }
                  filter/b: { log_conditions: ['log.severity_number >= 0'] }
                exporters: { debug: , debug/2: }
                service:
                  pipelines:
                    logs: { receivers: [otlp], processors: [filter/a, filter/b], exporters: [debug, debug/2] }
                """));
        components.receiver("otlp").send(Fixtures.logs("shop", 3));
        FlowSnapshot.Ledger ledger = engine.flow().pipelines().getFirst();
        assertThat(ledger.isBalanced()).isTrue();
        assertThat(ledger.losses())
                .as("once for each of two exporters")
                .extracting(loss -> loss.component() + " " + loss.reason() + " "
                        + loss.amount().records())
                .containsExactly("processor/filter/b FILTERED 6");
    }

    @Test
    void aSignalNobodyTakesIsRefusedForGood() {
        engine.apply(Configs.direct("logs", "", ""));
        Outlet traces = components.receiver("otlp").outlet(Signal.TRACES);
        assertThat(traces.isConnected()).isFalse();
        RecordingResult result = new RecordingResult();
        traces.accept(Fixtures.logs("shop", 1), result);
        assertThat(result.refusal())
                .isEqualTo(Refusal.permanent(DropReason.NO_PIPELINE, "no pipeline takes traces from otlp"));
    }
}

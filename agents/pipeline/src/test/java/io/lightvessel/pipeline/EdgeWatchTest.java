package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeWatchTest {

    private static final PipelineId LOGS = PipelineId.of(Signal.LOGS);

    private final TestComponents components = new TestComponents();
    private final ManualTimer timer = new ManualTimer();
    private final GraphEngine engine = GraphEngineTest.engine(components, timer);
    private final List<Integer> seen = new ArrayList<>();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aWatcherSeesWhatIsOfferedOnItsEdgeAndNothingElse() throws Exception {
        engine.apply(Configs.direct("logs", "batch:", "batch"));
        List<Integer> behind = new ArrayList<>();
        EdgeWatch first = watch("receiver/otlp", "processor/batch");
        engine.watch(LOGS, "processor/batch", "exporter/debug", payload -> behind.add(payload.records()))
                .orElseThrow();

        RecordingResult three = components.receiver("otlp").send(Fixtures.logs("shop", 3));
        RecordingResult two = components.receiver("otlp").send(Fixtures.logs("shop", 2));
        timer.advance(Duration.ofMillis(200));
        assertThat(three.await().isAccepted()).isTrue();
        assertThat(two.await().isAccepted()).isTrue();
        assertThat(seen).containsExactly(3, 2);
        assertThat(behind).as("what the batch has put together").containsExactly(5);

        first.close();
        components.receiver("otlp").send(Fixtures.logs("shop", 1));
        assertThat(seen).containsExactly(3, 2);
    }

    @Test
    void watchingChangesNeitherTheBooksNorWhoOwnsThePayload() throws Exception {
        engine.apply(Configs.direct("logs", "", ""));
        watch("receiver/otlp", "exporter/debug");
        Payload payload = Fixtures.logs("shop", 4);
        assertThat(components.receiver("otlp").send(payload).await().isAccepted())
                .isTrue();
        // The exporter's own reference goes after it has answered, on its thread.
        for (int i = 0; i < 500 && payload.refCnt() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(payload.refCnt()).isZero();
        assertThat(seen).containsExactly(4);
        FlowSnapshot.Ledger ledger = engine.flow().pipelines().getFirst();
        assertThat(ledger.isBalanced()).isTrue();
        assertThat(ledger.received().records()).isEqualTo(4);
        assertThat(engine.flow().edges().getFirst().amount().records()).isEqualTo(4);
    }

    @Test
    void aWatchOutlastsAReloadThatKeepsTheEdge() throws Exception {
        engine.apply(Configs.direct("logs", "batch: { timeout: 1s }", "batch"));
        watch("receiver/otlp", "processor/batch");
        engine.apply(Configs.direct("logs", "batch: { timeout: 0s }", "batch"));
        components.receiver("otlp").send(Fixtures.logs("shop", 7));
        assertThat(seen).containsExactly(7);
    }

    @Test
    void aWatcherThatThrowsIsSentAwayAndTelemetryGoesOn() throws Exception {
        engine.apply(Configs.direct("logs", "", ""));
        engine.watch(LOGS, "receiver/otlp", "exporter/debug", payload -> {
                    seen.add(payload.records());
                    throw new IllegalStateException("the viewer fell over");
                })
                .orElseThrow();
        assertThat(components
                        .receiver("otlp")
                        .send(Fixtures.logs("shop", 1))
                        .await()
                        .isAccepted())
                .isTrue();
        assertThat(components
                        .receiver("otlp")
                        .send(Fixtures.logs("shop", 2))
                        .await()
                        .isAccepted())
                .isTrue();
        assertThat(seen).containsExactly(1);
        assertThat(components.exporter("debug").received()).hasSize(2);
    }

    @Test
    void anEdgeThatNeverWasCannotBeWatched() {
        engine.apply(Configs.direct("logs", "", ""));
        assertThat(engine.watch(LOGS, "receiver/otlp", "exporter/none", payload -> {}))
                .isEmpty();
        assertThat(engine.watch(PipelineId.of(Signal.TRACES), "receiver/otlp", "exporter/debug", payload -> {}))
                .isEmpty();
    }

    private EdgeWatch watch(String from, String to) {
        return engine.watch(LOGS, from, to, payload -> seen.add(payload.records()))
                .orElseThrow();
    }
}

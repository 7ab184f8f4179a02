package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A component that loses telemetry makes the engine's health say so. */
class ImbalanceHealthTest {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final TestComponents components = new TestComponents();
    private final ManualTimer timer = new ManualTimer();
    private final AtomicBoolean loses = new AtomicBoolean(true);
    private final GraphEngine engine = new GraphEngine(
            new EngineOptions(64 << 20, Duration.ofSeconds(2), "0.1.0", "test"),
            new ComponentFactories(
                    components.factories().receivers(),
                    List.of(new Leak()),
                    components.factories().exporters(),
                    List.of()),
            timer,
            () -> {});

    /** Says that it took a request of which it passes on nothing, under a type that configs know. */
    private final class Leak implements ProcessorFactory {

        @Override
        public String type() {
            return "attributes";
        }

        @Override
        public Prepared<Processor> prepare(ProcessorContext context, Settings settings) {
            return Prepared.ready((payload, result) -> {
                if (loses.getAndSet(false)) {
                    payload.release();
                    result.accepted();
                } else {
                    context.next().accept(payload, result);
                }
            });
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aLostRequestMakesTheEngineUnhealthyAndIsNamed() throws Exception {
        AtomicInteger told = new AtomicInteger();
        engine.onHealthChange(told::incrementAndGet);
        engine.apply(Configs.parse("""
                receivers: { otlp: { protocols: { grpc: } } }
                processors: { attributes: { actions: [{ key: a, action: delete }] } }
                exporters: { debug: }
                service:
                  pipelines:
                    logs: { receivers: [otlp], processors: [attributes], exporters: [debug] }
                    logs/whole: { receivers: [otlp], exporters: [debug] }
                """));
        components.receiver("otlp").send(Fixtures.logs("shop", 3)).await();
        long bytes = engine.flow().pipelines().getFirst().received().bytes();
        timer.advance(LOOK.multipliedBy(2));
        assertThat(engine.health().healthy())
                .as("while it may still be on its way")
                .isTrue();
        int before = told.get();

        timer.advance(LOOK);
        String found = "the ledger does not balance: 3 records, " + bytes
                + " bytes were received and are neither delivered nor queued nor dropped";
        ComponentHealth health = engine.health();
        assertThat(health.healthy()).isFalse();
        assertThat(health.lastError()).contains("pipeline:logs").endsWith(found);
        ComponentHealth pipeline = health.children().get("pipeline:logs");
        assertThat(pipeline.healthy()).isFalse();
        assertThat(pipeline.lastError()).endsWith(found);
        assertThat(health.children().get("pipeline:logs/whole").healthy()).isTrue();
        timer.advance(Duration.ZERO);
        assertThat(told).hasValueGreaterThan(before);

        // What is lost stays lost, however much arrives.
        components.receiver("otlp").send(Fixtures.logs("shop", 5)).await();
        timer.advance(LOOK.multipliedBy(4));
        assertThat(engine.health().lastError()).endsWith(found);
    }
}

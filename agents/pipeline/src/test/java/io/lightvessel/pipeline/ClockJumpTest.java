package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall clock is set to other times while requests wait: nothing hangs, expires too soon or overtakes. */
class ClockJumpTest {

    private static final Refusal AWAY = Refusal.retryable(DropReason.BACKEND_REFUSED, "backend away", null);
    private static final RetrySettings RETRY =
            new RetrySettings(true, Duration.ofSeconds(1), 0, 2, Duration.ofSeconds(5), Duration.ofSeconds(20));
    private static final RetrySettings FOREVER =
            new RetrySettings(true, Duration.ofSeconds(1), 0, 2, Duration.ofSeconds(5), Duration.ZERO);

    private final JumpingTimer timer = new JumpingTimer();
    private final PipelineBooks pipeline = new PipelineBooks(PipelineId.of(Signal.LOGS));
    private final HealthCell health = new HealthCell("lane", timer, () -> {});
    private final Deque<Delivery> attempts = new ArrayDeque<>();
    private final List<Integer> order = new ArrayList<>();

    private Lane lane(RetrySettings retry) {
        Exporter backend = new Exporter() {
            @Override
            public void export(Payload payload, Delivery delivery) {
                order.add(payload.records());
                payload.release();
                attempts.add(delivery);
            }

            @Override
            public String endpoint() {
                return "backend";
            }

            @Override
            public void stop(Duration grace) {
                // Nothing to stop.
            }
        };
        Means means = new Means(
                EngineOptions.defaults("0", "0"),
                timer,
                Runnable::run,
                RandomGenerator.getDefault(),
                new Books(Instant.EPOCH),
                new OwnMetrics(),
                new ByteBudget(1 << 20),
                new FormConverters(List.of()),
                () -> {},
                () -> ComponentHealth.leaf(ComponentStatus.OK, null, Instant.EPOCH));
        return new Lane(
                "exporter otlp (logs)",
                new QueueSettings(true, 1, 10, QueueSettings.Sizer.REQUESTS, false),
                retry,
                backend,
                new DestinationBooks(ComponentId.of("otlp"), Signal.LOGS),
                health,
                means);
    }

    private void send(Lane lane, int records) {
        Payload payload = Fixtures.logs("shop", records);
        pipeline.received(payload.records(), payload.receivedBytes());
        lane.accept(payload, new RecordingResult(), pipeline);
    }

    private FlowSnapshot.Ledger ledger(Lane lane) {
        return pipeline.ledger(lane.held(pipeline.pipeline()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P365D", "-P1D", "P20000D", "-P20000D"})
    void retriesComeInTheirTimeAndOrder(Duration jump) {
        Lane lane = lane(RETRY);
        send(lane, 1);
        send(lane, 2);
        attempts.remove().failed(AWAY);
        timer.jump(jump);
        timer.advance(Duration.ofMillis(999));
        assertThat(attempts).isEmpty();
        timer.advance(Duration.ofMillis(1));
        assertThat(order).containsExactly(1, 1);
        timer.jump(jump.negated());
        attempts.remove().failed(AWAY);
        timer.advance(Duration.ofSeconds(2));
        attempts.remove().delivered();
        attempts.remove().delivered();
        assertThat(order).containsExactly(1, 1, 1, 2);
        assertThat(ledger(lane).delivered().records()).isEqualTo(3);
        assertThat(ledger(lane).dropped()).isEmpty();
        assertThat(ledger(lane)).matches(FlowSnapshot.Ledger::isBalanced);
        assertThat(health.health().healthy()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P365D", "-P1D"})
    void onlyTimeThatHasPassedExhaustsRetries(Duration jump) {
        Lane lane = lane(RETRY);
        send(lane, 1);
        int before = 0;
        for (int seconds : new int[] {1, 2, 4, 5, 5}) {
            timer.jump(jump);
            attempts.remove().failed(AWAY);
            assertThat(ledger(lane).dropped()).isEmpty();
            timer.advance(Duration.ofSeconds(seconds));
            before++;
            assertThat(order).hasSize(before + 1);
        }
        attempts.remove().failed(AWAY);
        assertThat(ledger(lane).dropped()).containsOnlyKeys(DropReason.RETRIES_EXHAUSTED);
        assertThat(ledger(lane)).matches(FlowSnapshot.Ledger::isBalanced);
    }

    /** As after a laptop's sleep, or a virtual machine's: everything is due at once. */
    @Test
    void aYearAsleepMakesOneAttemptAndThenGivesUp() {
        Lane lane = lane(RETRY);
        send(lane, 1);
        send(lane, 2);
        attempts.remove().failed(AWAY);
        timer.advance(Duration.ofDays(365));
        assertThat(order).as("the retry that was due, once").containsExactly(1, 1);
        attempts.remove().failed(AWAY);
        assertThat(ledger(lane).dropped()).containsOnlyKeys(DropReason.RETRIES_EXHAUSTED);
        attempts.remove().delivered();
        assertThat(order).containsExactly(1, 1, 2);
        assertThat(ledger(lane).delivered().records()).isEqualTo(2);
        assertThat(ledger(lane)).matches(FlowSnapshot.Ledger::isBalanced);
    }

    /** A backend whose clock is years ahead, or one that means the end of time. */
    @ParameterizedTest
    @ValueSource(strings = {"P3650D", "P2914635D"})
    void absurdWaitsEndAfterADay(Duration asked) {
        Lane lane = lane(FOREVER);
        send(lane, 1);
        attempts.remove().failed(Refusal.retryable(DropReason.BACKEND_REFUSED, "later", asked));
        timer.advance(Duration.ofDays(1).minusSeconds(1));
        assertThat(order).containsExactly(1);
        timer.advance(Duration.ofSeconds(1));
        assertThat(order).containsExactly(1, 1);
        attempts.remove().delivered();
        assertThat(ledger(lane)).matches(FlowSnapshot.Ledger::isBalanced);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P365D", "-P1D"})
    void batchesGoOnInTimeAndLedgersAreStillWatched(Duration jump) throws Exception {
        TestComponents components = new TestComponents();
        GraphEngine engine = GraphEngineTest.engine(components, timer);
        engine.apply(Configs.direct("logs", "batch: {timeout: 200ms}", "batch"));
        RecordingResult result = components.receiver("otlp").send(Fixtures.logs("shop", 3));
        timer.jump(jump);
        timer.advance(Duration.ofMillis(199));
        assertThat(result.isDone()).isFalse();
        timer.advance(Duration.ofMillis(1));
        assertThat(result.await().isAccepted()).isTrue();
        timer.advance(Duration.ofMinutes(1));
        assertThat(engine.health().healthy()).isTrue();
        assertThat(engine.flow().time()).isEqualTo(timer.now());
        engine.close();
        assertThat(engine.flow().pipelines().getFirst()).matches(FlowSnapshot.Ledger::isBalanced);
    }
}

package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends that fail in every way, queues that overflow, a shutdown in the middle: the books must balance. */
class LedgerUnderTroubleTest {

    private static final int PRODUCERS = 4;
    private static final int PAYLOADS = 300;

    private final TestComponents components = new TestComponents();
    private final EngineTimer timer = new EngineTimer();
    private final GraphEngine engine = new GraphEngine(
            new EngineOptions(64 << 20, Duration.ofMillis(300), "0.1.0", "test"),
            new ComponentFactories(
                    components.factories().receivers(),
                    io.lightvessel.pipeline.processor.BuiltInProcessors.all(),
                    components.factories().exporters(),
                    List.of()),
            timer,
            timer::close);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyRecordIsDeliveredOrDroppedForAReason(int seed) throws Exception {
        engine.apply(Configs.parse("""
                receivers: { otlp: { protocols: { grpc: } } }
                processors:
                  batch: { timeout: 2ms, send_batch_size: 40, send_batch_max_size: 50 }
                  memory_limiter: { limit_mib: 50 }
                exporters:
                  otlp/queue:
                    endpoint: "a:1"
                    sending_queue: { queue_size: 400, num_consumers: 3, sizer: items }
                    retry_on_failure: { initial_interval: 1ms, max_interval: 2ms, max_elapsed_time: 20ms }
                  otlp/direct: { endpoint: "b:1", sending_queue: { enabled: false }, retry_on_failure: { enabled: false } }
                  otlp/blocking:
                    endpoint: "c:1"
                    sending_queue: { queue_size: 100, num_consumers: 1, sizer: items, block_on_overflow: true }
                    retry_on_failure: { initial_interval: 1ms, max_interval: 2ms }
                service:
                  pipelines:
                    logs: { receivers: [otlp], processors: [memory_limiter, batch], exporters: [otlp/queue, otlp/direct] }
                    logs/2: { receivers: [otlp], exporters: [otlp/blocking, otlp/queue] }
                """));
        Random random = new Random(seed);
        for (String exporter : List.of("otlp/queue", "otlp/direct", "otlp/blocking")) {
            components.backends.put(ComponentId.parse(exporter), (payload, delivery) -> answer(random, delivery));
        }
        CountDownLatch half = new CountDownLatch(PRODUCERS * PAYLOADS / 2);
        List<Thread> producers = new ArrayList<>();
        List<RecordingResult> results = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < PRODUCERS; i++) {
            producers.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < PAYLOADS; n++) {
                    results.add(components.receiver("otlp").send(payload(1 + n % 9)));
                    half.countDown();
                }
            }));
        }
        half.await();
        engine.close();
        for (Thread producer : producers) {
            producer.join();
        }

        for (FlowSnapshot.Ledger ledger : engine.flow().pipelines()) {
            assertThat(ledger.queued()).isEqualTo(Count.ZERO);
            assertThat(ledger).matches(FlowSnapshot.Ledger::isBalanced);
            assertThat(ledger.delivered().records()).isPositive();
        }
        for (RecordingResult result : results) {
            result.await();
        }
        ReloadTest.await(() -> engine.budget().used() == 0);
    }

    private Payload payload(int records) {
        ByteBudget.Lease lease = components.receiver("otlp").context().budget().tryAcquire(500);
        try {
            return Payload.walk(Signal.LOGS, Fixtures.bytes(Fixtures.logsRequest("shop", records)), lease);
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(Random random, Delivery delivery) {
        int choice;
        synchronized (random) {
            choice = random.nextInt(12);
        }
        switch (choice) {
            case 0 -> delivery.failed(Refusal.permanent(DropReason.PERMANENT_FAILURE, "no"));
            case 1, 2 -> delivery.failed(Refusal.retryable(DropReason.BACKEND_REFUSED, "later", null));
            case 3 -> delivery.partlyDelivered(1, "one is bad");
            case 4 -> throw new IllegalStateException("bug");
            case 5 -> {
                // Never answers; only the end of the shutdown's grace ends it.
                if (System.identityHashCode(delivery) % 20 > 0) {
                    delivery.delivered();
                }
            }
            default -> delivery.delivered();
        }
    }
}

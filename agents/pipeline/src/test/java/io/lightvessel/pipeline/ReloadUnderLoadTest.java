package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineConfig;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Real time and real threads: producers never stop while configs change, and nothing gets lost. */
class ReloadUnderLoadTest {

    private static final int PRODUCERS = 4;
    private static final int RELOADS = 60;

    private final TestComponents components = new TestComponents();
    private final EngineTimer timer = new EngineTimer();
    private final GraphEngine engine = GraphEngineTest.engine(components, timer);
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<Long> delivered = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicInteger refused = new AtomicInteger();

    private static PipelineConfig config(int variant) {
        return Configs.parse("""
                receivers: { otlp: { protocols: { grpc: { endpoint: "h:%d" } } } }
                processors:
                  batch: { timeout: %dms, send_batch_size: %d, send_batch_max_size: %d }
                  resource: { attributes: [ { key: variant, value: %d, action: upsert } ] }
                exporters:
                  otlp/a: { endpoint: "a:%d", sending_queue: { queue_size: 100000 }, retry_on_failure: { initial_interval: 1ms } }
                  otlp/b: { endpoint: "b:1", sending_queue: { queue_size: 100000 }, retry_on_failure: { initial_interval: 1ms } }
                service:
                  pipelines:
                    logs: { receivers: [otlp], processors: [%s], exporters: [%s] }
                """.formatted(
                        1 + variant % 2,
                        1 + variant % 3,
                        20 + variant,
                        variant % 2 == 0 ? 0 : 30 + variant,
                        variant,
                        1 + variant % 5,
                        variant % 4 == 0
                                ? "resource, batch"
                                : variant % 4 == 1 ? "batch" : variant % 4 == 2 ? "batch, resource" : "",
                        variant % 3 == 0 ? "otlp/a, otlp/b" : variant % 3 == 1 ? "otlp/a" : "otlp/b"));
    }

    @Test
    void nothingIsLostAndLedgersBalance() throws Exception {
        Random random = new Random(1);
        for (String exporter : List.of("otlp/a", "otlp/b")) {
            components.backends.put(ComponentId.parse(exporter), (payload, delivery) -> {
                boolean fails;
                synchronized (random) {
                    fails = random.nextInt(10) == 0;
                }
                if (fails) {
                    delivery.failed(Refusal.retryable(DropReason.BACKEND_REFUSED, "not now", null));
                } else {
                    idsIn(payload).forEach(delivered::add);
                    delivery.delivered();
                }
            });
        }
        engine.apply(config(0));
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> producers = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            producers.add(Thread.ofPlatform().start(() -> produce(stop)));
        }
        for (int i = 1; i <= RELOADS; i++) {
            assertThat(engine.apply(config(i))).isEqualTo(new ApplyOutcome.Applied(List.of()));
            Thread.sleep(5);
        }
        stop.set(true);
        for (Thread producer : producers) {
            producer.join();
        }
        engine.close();

        assertThat(refused.get()).as("no producer was turned away by a reload").isZero();
        assertThat(acknowledged.size()).isGreaterThan(RELOADS);
        acknowledged.removeAll(delivered);
        assertThat(acknowledged).as("acknowledged and not delivered").isEmpty();
        FlowSnapshot.Ledger ledger = engine.flow().pipelines().getFirst();
        assertThat(ledger.queued()).isEqualTo(Count.ZERO);
        assertThat(ledger.dropped()).isEmpty();
        assertThat(ledger).matches(FlowSnapshot.Ledger::isBalanced);
        assertThat(engine.budget().used()).as("every payload was released").isZero();
        timer.close();
    }

    private void produce(AtomicBoolean stop) {
        while (!stop.get()) {
            List<Long> mine = new ArrayList<>();
            ScopeLogs.Builder scope = ScopeLogs.newBuilder();
            for (int i = 0; i < 5; i++) {
                long id = ids.incrementAndGet();
                mine.add(id);
                scope.addLogRecords(LogRecord.newBuilder().setTimeUnixNano(id));
            }
            ExportLogsServiceRequest request = ExportLogsServiceRequest.newBuilder()
                    .addResourceLogs(ResourceLogs.newBuilder()
                            .setResource(Fixtures.resource("shop"))
                            .addScopeLogs(scope))
                    .build();
            TestComponents.TestReceiver receiver = components.receiver("otlp");
            try {
                ByteBudget.Lease lease = receiver.context().budget().tryAcquire(request.getSerializedSize());
                Payload payload = Payload.walk(io.lightvessel.config.Signal.LOGS, Fixtures.bytes(request), lease);
                RecordingResult result = receiver.send(payload).await();
                if (result.isAccepted()) {
                    acknowledged.addAll(mine);
                } else {
                    refused.incrementAndGet();
                }
            } catch (MalformedPayload | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static List<Long> idsIn(Payload payload) {
        try {
            return ExportLogsServiceRequest.parseFrom(Fixtures.copy(payload)).getResourceLogsList().stream()
                    .flatMap(group -> group.getScopeLogsList().stream())
                    .flatMap(scope -> scope.getLogRecordsList().stream())
                    .map(LogRecord::getTimeUnixNano)
                    .toList();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}

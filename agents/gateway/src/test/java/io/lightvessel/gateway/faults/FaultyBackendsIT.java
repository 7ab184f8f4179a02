package io.lightvessel.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.Backend;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.Fault;
import io.lightvessel.gateway.testing.FaultProxy;
import io.lightvessel.gateway.testing.IdSink;
import io.lightvessel.pipeline.ComponentHealth;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.FlowSnapshot;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The network between an agent and its backends breaks in every way, and is mended again. */
class FaultyBackendsIT {

    /**
     * @param words what health says of the gRPC and of the HTTP exporter during the fault; empty when it is only slow
     */
    private record Trouble(Fault fault, String grpc, String http) {
        @Override
        public String toString() {
            return fault.toString();
        }
    }

    private static Stream<Trouble> troubles() {
        return Stream.of(
                new Trouble(new Fault.Delay(Duration.ofMillis(30)), "", ""),
                new Trouble(new Fault.Drip(20), "", ""),
                new Trouble(new Fault.CutAfter(300), "(?s).+", "(?s).+"),
                new Trouble(new Fault.Reset(), "(?s).+", "(?s).+"),
                new Trouble(new Fault.Hang(), "(?s).+", "no answer within 400 ms"),
                new Trouble(new Fault.Blackhole(), "(?s).+", "no answer within 400 ms"),
                new Trouble(new Fault.Garbage(), "(?s).+", "(?s).+"),
                new Trouble(new Fault.Down(), "(?s).+", "(?s).+"));
    }

    private static String config(FaultProxy grpc, FaultProxy http) {
        return """
                receivers:
                  otlp: {protocols: {grpc: {endpoint: "127.0.0.1:0"}}}
                processors:
                  batch: {timeout: 2ms, send_batch_size: 20, send_batch_max_size: 25}
                exporters:
                  otlp:
                    endpoint: "127.0.0.1:%d"
                    tls: {insecure: true}
                    timeout: 400ms
                    sending_queue: {queue_size: 40, num_consumers: 4}
                    retry_on_failure: {initial_interval: 20ms, max_interval: 100ms, max_elapsed_time: 0s}
                  otlphttp:
                    endpoint: "http://127.0.0.1:%d/"
                    timeout: 400ms
                    sending_queue: {queue_size: 40, num_consumers: 4}
                    retry_on_failure: {initial_interval: 20ms, max_interval: 100ms, max_elapsed_time: 0s}
                service:
                  pipelines:
                    logs: {receivers: [otlp], processors: [batch], exporters: [otlp]}
                    traces: {receivers: [otlp], exporters: [otlphttp]}
                """.formatted(grpc.port(), http.port());
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void nothingAcknowledgedIsLost(Trouble trouble) throws Exception {
        IdSink sink = new IdSink();
        try (Backend backend = new Backend();
                FaultProxy grpc = new FaultProxy(backend.grpcPort());
                FaultProxy http = new FaultProxy(backend.httpPort());
                Engines engines = new Engines(config(grpc, http));
                Sender sender = new Sender(engines.port("grpc"))) {
            sink.collect(backend);
            sender.send(10);
            await(() -> sink.ids().size() == 20 * Sender.RECORDS);
            assertThat(sender.refusals).isEmpty();

            grpc.set(trouble.fault);
            http.set(trouble.fault);
            for (int i = 0; i < 5; i++) {
                sender.send(20);
            }
            if (!trouble.grpc.isEmpty()) {
                assertSays(engines, "pipeline:logs", "exporter:otlp", trouble.grpc);
                assertSays(engines, "pipeline:traces", "exporter:otlphttp", trouble.http);
                assertThat(sender.refusals).isNotEmpty();
            }
            // The producer still has what it was refused, and was told why.
            assertThat(sender.refusals)
                    .allMatch(
                            refusal -> refusal.matches(
                                    "14 exporter otlp(http)? \\((logs|traces)\\): the sending queue is full \\(40 requests\\)"));
            assertThat(engines.engine.budget().used()).isPositive();

            grpc.set(new Fault.None());
            http.set(new Fault.None());
            Set<Long> acknowledged = new TreeSet<>(sender.logs);
            acknowledged.addAll(sender.spans);
            await(() -> sink.ids().containsAll(acknowledged));
            await(() -> engines.engine.health().healthy());
            await(() -> engines.engine.budget().used() == 0);
            // It works as before.
            int before = sender.refusals.size();
            sender.send(5);
            assertThat(sender.refusals).hasSize(before);
            engines.engine.close();
            assertThat(sink.ids()).containsAll(sender.logs).containsAll(sender.spans);
            assertBalanced(engines, sender);
        }
    }

    private static void assertSays(Engines engines, String pipeline, String exporter, String words) throws Exception {
        await(() -> !part(engines, pipeline, exporter).healthy());
        assertThat(part(engines, pipeline, exporter).lastError()).matches(words);
        assertThat(engines.engine.health().healthy()).isFalse();
        System.out.println(exporter + ": " + part(engines, pipeline, exporter).lastError());
    }

    private static ComponentHealth part(Engines engines, String pipeline, String component) {
        return engines.engine.health().children().get(pipeline).children().get(component);
    }

    private static void assertBalanced(Engines engines, Sender sender) {
        long dropped = 0;
        for (FlowSnapshot.Ledger ledger : engines.engine.flow().pipelines()) {
            assertThat(ledger).matches(FlowSnapshot.Ledger::isBalanced);
            assertThat(ledger.queued()).isEqualTo(Count.ZERO);
            assertThat(ledger.dropped())
                    .matches(drops -> drops.keySet().stream().allMatch(DropReason.QUEUE_FULL::equals));
            dropped += ledger.droppedInAll().records();
        }
        assertThat(dropped).isEqualTo((long) sender.refusals.size() * Sender.RECORDS);
    }

    /** Well beyond any time limit in the config. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(patience);
            Thread.sleep(5);
        }
    }
}

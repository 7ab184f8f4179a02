package io.lightvessel.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.Backend;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.Fault;
import io.lightvessel.gateway.testing.FaultProxy;
import io.lightvessel.gateway.testing.IdSink;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.ScriptedGrpc;
import io.lightvessel.gateway.testing.ScriptedHttp;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.FlowSnapshot;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Backends that answer, but not as one would like; and one that takes nothing while everybody sends. */
class RefusingBackendsIT {
    private static final Set<Integer> RETRYABLE_CODES = Set.of(1, 4, 10, 11, 14, 15);
    private static final Set<Integer> RETRYABLE_STATUSES = Set.of(429, 502, 503, 504);

    private static String config(String exporter, String endpoint) {
        return """
                receivers:
                  otlp: {protocols: {grpc: {endpoint: "127.0.0.1:0"}}}
                processors:
                  memory_limiter: {limit_mib: 24}
                exporters:
                  %1$s:
                    endpoint: "%2$s"
                    tls: {insecure: true}
                    timeout: 2s
                    sending_queue: {queue_size: 10000, num_consumers: 8}
                    retry_on_failure: {initial_interval: 1ms, max_interval: 10ms, max_elapsed_time: 0s}
                service:
                  pipelines:
                    logs: {receivers: [otlp], processors: [memory_limiter], exporters: [%1$s]}
                """.formatted(exporter, endpoint);
    }

    @Test
    void everyGrpcStatusIsRetriedOrCountedAsALoss() throws Exception {
        try (ScriptedGrpc backend = new ScriptedGrpc();
                Engines engines = new Engines(config("otlp", "127.0.0.1:" + backend.port()));
                RawGrpc client = new RawGrpc(engines.port("grpc"))) {
            for (int code = 1; code <= 17; code++) {
                backend.status(code, "status " + code, "");
                send(client, engines, RETRYABLE_CODES.contains(code), "status " + code);
            }
            assertThat(ledger(engines).delivered().records()).isEqualTo(RETRYABLE_CODES.size());
            assertThat(ledger(engines)
                            .dropped()
                            .get(DropReason.PERMANENT_FAILURE)
                            .records())
                    .isEqualTo(17 - RETRYABLE_CODES.size());
            assertThat(backend.requests).hasSize(17 + RETRYABLE_CODES.size());
            assertRecovers(client, engines);
        }
    }

    @Test
    void everyHttpStatusIsRetriedOrCountedAsALoss() throws Exception {
        List<Integer> statuses =
                List.of(301, 400, 401, 403, 404, 405, 408, 413, 415, 422, 429, 500, 501, 502, 503, 504, 599);
        try (ScriptedHttp backend = new ScriptedHttp();
                Engines engines = new Engines(config("otlphttp", backend.url()));
                RawGrpc client = new RawGrpc(engines.port("grpc"))) {
            for (int status : statuses) {
                backend.answer(
                        status,
                        Map.of("Content-Type", "text/plain"),
                        ("no " + status).getBytes(StandardCharsets.UTF_8));
                send(client, engines, RETRYABLE_STATUSES.contains(status), "HTTP status " + status + ": no " + status);
            }
            assertThat(ledger(engines).delivered().records()).isEqualTo(RETRYABLE_STATUSES.size());
            assertThat(ledger(engines)
                            .dropped()
                            .get(DropReason.PERMANENT_FAILURE)
                            .records())
                    .isEqualTo(statuses.size() - RETRYABLE_STATUSES.size());
            assertThat(backend.requests).hasSize(statuses.size() + RETRYABLE_STATUSES.size());
            assertRecovers(client, engines);
        }
    }

    /** One record, and how it ended. */
    private static void send(RawGrpc client, Engines engines, boolean delivered, String words) throws Exception {
        Count before = ended(engines);
        assertThat(client.call(RawGrpc.LOGS, IdSink.logs(1, 1)).status()).isEqualTo("0");
        await(() -> ended(engines).records() == before.records() + 1);
        if (delivered) {
            // It has succeeded since.
            await(() -> engines.engine.health().healthy());
        } else {
            await(() -> !engines.engine.health().healthy());
            assertThat(engines.engine.health().lastError()).endsWith(words);
        }
    }

    private static void assertRecovers(RawGrpc client, Engines engines) throws Exception {
        send(client, engines, true, "");
        assertThat(ledger(engines)).matches(FlowSnapshot.Ledger::isBalanced);
        await(() -> engines.engine.budget().used() == 0);
    }

    private static Count ended(Engines engines) {
        return ledger(engines).delivered().plus(ledger(engines).droppedInAll());
    }

    private static FlowSnapshot.Ledger ledger(Engines engines) {
        return engines.engine.flow().pipelines().getFirst();
    }

    @Test
    void memoryStaysWithinTheBudgetWhileTheBackendTakesNothing() throws Exception {
        try (Backend backend = new Backend();
                FaultProxy proxy = new FaultProxy(backend.grpcPort());
                Engines engines = new Engines(config("otlp", "127.0.0.1:" + proxy.port()));
                RawGrpc client = new RawGrpc(engines.port("grpc"))) {
            long capacity = engines.engine.budget().capacity();
            assertThat(capacity).isEqualTo(24L << 20);
            byte[] request = Requests.logs(1, 100_000).toByteArray();
            assertThat(client.call(RawGrpc.LOGS, request).status()).isEqualTo("0");
            backend.context.next();
            long directBefore = directMemory();
            proxy.set(new Fault.Hang());
            int accepted = 0;
            long most = 0;
            List<String> refusals = new ArrayList<>();
            // Ten times what fits, as fast as it goes.
            for (int round = 0; round < 50; round++) {
                List<CompletableFuture<RawGrpc.Answer>> answers = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    answers.add(client.call(RawGrpc.LOGS, Map.of(), RawGrpc.framed(request, 0), true));
                }
                for (CompletableFuture<RawGrpc.Answer> pending : answers) {
                    RawGrpc.Answer answer = pending.get(60, TimeUnit.SECONDS);
                    if (answer.status().equals("0")) {
                        accepted++;
                    } else {
                        assertThat(answer.headers()).containsKey("grpc-status-details-bin");
                        refusals.add(answer.status() + " " + answer.message());
                    }
                }
                most = Math.max(most, engines.engine.budget().used());
            }
            assertThat(most).isBetween(capacity / 2, capacity);
            assertThat(directMemory() - directBefore).isLessThan(capacity + (40L << 20));
            assertThat(refusals).isNotEmpty().allMatch(refusal -> refusal.startsWith("14 "));
            System.out.println("accepted " + accepted + ", refused " + refusals.size() + ", budget at most " + most
                    + " of " + capacity + ", direct memory grew by " + (directMemory() - directBefore) + "; "
                    + refusals.getFirst());

            proxy.set(new Fault.None());
            int awaited = accepted;
            await(() -> ledger(engines).delivered().records() == 1 + awaited);
            await(() -> engines.engine.budget().used() == 0);
            assertThat(client.call(RawGrpc.LOGS, request).status()).isEqualTo("0");
            await(() -> ledger(engines).delivered().records() == 2 + awaited);
            assertThat(backend.context.taken.size()).isGreaterThanOrEqualTo(awaited);
            assertThat(ledger(engines)).matches(FlowSnapshot.Ledger::isBalanced);
            assertThat(ledger(engines).dropped().keySet()).allMatch(DropReason::producerWasTold);
            assertThat(ledger(engines).droppedInAll().records()).isLessThanOrEqualTo(refusals.size());
        }
    }

    /** By the JDK's count or by Netty's, whichever sees more; both see the client's part too. */
    private static long directMemory() {
        long byJdk = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return Math.max(byJdk, PlatformDependent.usedDirectMemory());
    }

    /** Well beyond any time limit in the config. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(patience);
            Thread.sleep(2);
        }
    }
}

package io.lightvessel.gateway.storm;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.lightvessel.gateway.testing.Backend;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.IdSink;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.FlowSnapshot;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thousand clients at once, and clients that send little which unpacks to a lot. */
class ManyClientsIT {
    private static final int CLIENTS = 1000;
    private static final int ROUNDS = 5;
    private static final int RECORDS = 3;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void closeLoops() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static Engines engines(Backend backend) {
        return new Engines("""
                receivers:
                  otlp: {protocols: {grpc: {endpoint: "127.0.0.1:0", max_recv_msg_size_mib: 8}}}
                processors:
                  memory_limiter: {limit_mib: 40}
                  batch: {timeout: 10ms, send_batch_size: 500}
                exporters:
                  otlp: {endpoint: "127.0.0.1:%d", tls: {insecure: true}, sending_queue: {queue_size: 10000}}
                service:
                  pipelines:
                    logs: {receivers: [otlp], processors: [memory_limiter, batch], exporters: [otlp]}
                """.formatted(backend.grpcPort()));
    }

    private List<RawGrpc> connect(int port, int count) {
        List<RawGrpc> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(new RawGrpc(port, loops));
        }
        return clients;
    }

    @Test
    void aThousandClientsAreServedAtOnce() throws Exception {
        IdSink sink = new IdSink();
        try (Backend backend = new Backend();
                Engines engines = engines(backend)) {
            sink.collect(backend);
            List<RawGrpc> clients = connect(engines.port("grpc"), CLIENTS);
            Set<Long> acknowledged = new TreeSet<>();
            long id = 1;
            for (int round = 0; round < ROUNDS; round++) {
                List<CompletableFuture<RawGrpc.Answer>> answers = new ArrayList<>();
                for (RawGrpc client : clients) {
                    byte[] request = RawGrpc.framed(IdSink.logs(id, RECORDS), 0);
                    answers.add(client.call(RawGrpc.LOGS, Map.of(), request, true));
                    for (int i = 0; i < RECORDS; i++) {
                        acknowledged.add(id++);
                    }
                }
                for (CompletableFuture<RawGrpc.Answer> answer : answers) {
                    assertThat(answer.get(60, TimeUnit.SECONDS).headers()).containsEntry("grpc-status", "0");
                }
            }
            await(() -> sink.ids().size() == CLIENTS * ROUNDS * RECORDS);
            assertThat(sink.ids()).isEqualTo(acknowledged);
            assertThat(sink.times().values()).containsOnly(1);
            assertThat(clients).allMatch(client -> client.channel().isActive() && client.goAway.getCount() == 1);
            clients.forEach(RawGrpc::close);
            await(() -> engines.engine.budget().used() == 0);
            assertThat(engines.engine.flow().pipelines().getFirst()).matches(FlowSnapshot.Ledger::isBalanced);
        }
    }

    /** 64 MiB that come as some 60 KB and some 6 KB: refused at the limit of 8 MiB, while others are served. */
    @Test
    void bombsHurtNobodyElse() throws Exception {
        IdSink sink = new IdSink();
        byte[] plain = Requests.logs(1, 64 << 20).toByteArray();
        byte[] gzip = RawGrpc.framed(Requests.gzip(plain), 1);
        byte[] zstd = RawGrpc.framed(Zstd.compress(plain), 1);
        assertThat(gzip.length + zstd.length).isLessThan(100_000);
        try (Backend backend = new Backend();
                Engines engines = engines(backend);
                RawGrpc good = new RawGrpc(engines.port("grpc"))) {
            sink.collect(backend);
            List<RawGrpc> bad = connect(engines.port("grpc"), 20);
            int served = 0;
            for (int round = 0; round < 3; round++) {
                List<CompletableFuture<RawGrpc.Answer>> bombs = new ArrayList<>();
                for (int i = 0; i < bad.size(); i++) {
                    Map<String, String> headers = Map.of("grpc-encoding", i % 2 == 0 ? "gzip" : "zstd");
                    bombs.add(bad.get(i).call(RawGrpc.LOGS, headers, i % 2 == 0 ? gzip : zstd, true));
                }
                for (int i = 0; i < 20; i++) {
                    RawGrpc.Answer answer = good.call(RawGrpc.LOGS, IdSink.logs(1 + served * 10L, 10));
                    assertThat(answer.headers()).containsEntry("grpc-status", "0");
                    served++;
                }
                for (CompletableFuture<RawGrpc.Answer> bomb : bombs) {
                    // Too large for good; or the budget was spent by the other bombs at that moment.
                    assertThat(bomb.get(60, TimeUnit.SECONDS).status()).isIn("8", "14");
                }
                assertThat(engines.engine.budget().used())
                        .isLessThanOrEqualTo(engines.engine.budget().capacity());
            }
            int expected = served * 10;
            await(() -> sink.ids().size() == expected);
            await(() -> engines.engine.budget().used() == 0);
            assertThat(engines.engine.flow().pipelines().getFirst().dropped().keySet())
                    .allMatch(DropReason::producerWasTold);
            bad.forEach(RawGrpc::close);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(patience);
            Thread.sleep(5);
        }
    }
}

package io.lightvessel.gateway.wal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.Injector;
import io.lightvessel.gateway.testing.Scrape;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.ComponentFactories;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import io.lightvessel.pipeline.FlowSnapshot;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log's limits and what its files are like. */
class WriteAheadLogTest {

    @TempDir
    private Path directory;

    private final AtomicInteger status = new AtomicInteger(503);
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer backend;
    private GatewayComponents components;

    @BeforeEach
    void start() throws Exception {
        components = GatewayComponents.create();
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            requests.incrementAndGet();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        backend.start();
    }

    @AfterEach
    void stop() {
        backend.stop(0);
        components.close();
    }

    private Engine engine(Injector scraper, String more) {
        Engine engine = Engine.create(
                new EngineOptions(64 << 20, Duration.ofMillis(200), "1.0", "test"),
                new ComponentFactories(
                        List.of(scraper), List.of(), components.exporters(), List.of(), components.converters()));
        assertThat(engine.apply(Engines.parse("""
                receivers: { otlp: { protocols: { grpc: } } }
                exporters:
                  prometheusremotewrite:
                    endpoint: "http://127.0.0.1:%d/write"
                    protobuf_message: prometheus.WriteRequest
                    batch_send_deadline: 0s
                    retry_on_failure: { initial_interval: 20ms, max_interval: 20ms, max_elapsed_time: 30ms }
                    %s
                service:
                  pipelines: { metrics: { receivers: [otlp], exporters: [prometheusremotewrite] } }
                """.formatted(backend.getAddress().getPort(), more))))
                .isEqualTo(new ApplyOutcome.Applied(List.of()));
        return engine;
    }

    private String wal() {
        return "wal: { directory: \"" + directory + "\", max_size_mib: 1 }";
    }

    private static Payload scrape(int number, int noise) {
        byte[] random = new byte[noise];
        new Random(number).nextBytes(random);
        return Scrape.of("job", "host:1")
                .at(1_700_000_000_000L + number)
                .gauge("g", number, "noise", java.util.HexFormat.of().formatHex(random))
                .payload(1);
    }

    private static FlowSnapshot.Ledger ledger(Engine engine) {
        return engine.flow().pipelines().getFirst();
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).as("within half a minute").isTrue();
    }

    /** Bytes of the log; what is acknowledged has a small file beside it. */
    private long size() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void whatComesWhenItIsFullIsRefusedAndCounted() throws Exception {
        Injector scraper = new Injector();
        try (Engine engine = engine(scraper, wal())) {
            Refusal refusal = null;
            int taken = 0;
            while (refusal == null && taken < 1000) {
                refusal = scraper.send(scrape(taken, 20_000)).get();
                taken += refusal == null ? 1 : 0;
            }
            assertThat(refusal).isNotNull();
            assertThat(refusal.reason()).isEqualTo(DropReason.QUEUE_FULL);
            assertThat(size()).isLessThanOrEqualTo(1 << 20);
            FlowSnapshot.Ledger full = ledger(engine);
            assertThat(full.isBalanced()).isTrue();
            assertThat(full.queued().records()).isEqualTo(taken);
            assertThat(full.dropped().get(DropReason.QUEUE_FULL).records()).isEqualTo(1);

            // It was longer than max_elapsed_time: nothing is given up, and all is delivered when the backend is back.
            int before = requests.get();
            await(() -> requests.get() > before + 5);
            status.set(204);
            int all = taken;
            await(() -> ledger(engine).delivered().records() == all);
            assertThat(ledger(engine).dropped().keySet()).containsExactly(DropReason.QUEUE_FULL);
        }
    }

    @Test
    void scrapesAreKeptPacked() throws Exception {
        Injector scraper = new Injector();
        try (Engine engine = engine(scraper, wal())) {
            long plain = 0;
            for (int i = 0; i < 20; i++) {
                Scrape scrape = Scrape.of("job", "host:1").at(1_700_000_000_000L + i);
                for (int n = 0; n < 100; n++) {
                    scrape.counter("http_requests_total", n, "path", "/api/v1/resource/" + n);
                }
                Payload payload = scrape.payload(1);
                plain += payload.size();
                assertThat(scraper.send(payload).get()).isNull();
            }
            assertThat(size()).isLessThan(plain / 3);
            status.set(204);
            await(() -> ledger(engine).delivered().records() == 2000);
        }
    }

    @Test
    void aLogThatIsSwitchedOffIsEmptiedFirst() throws Exception {
        Injector scraper = new Injector();
        try (Engine engine = engine(scraper, wal())) {
            for (int i = 0; i < 5; i++) {
                assertThat(scraper.send(scrape(i, 10)).get()).isNull();
            }
        }
        Injector again = new Injector();
        try (Engine engine = engine(again, wal())) {
            assertThat(ledger(engine).queued().records()).isEqualTo(5);
            assertThat(engine.apply(
                            Engines.parse("""
                    receivers: { otlp: { protocols: { grpc: } } }
                    exporters:
                      prometheusremotewrite: { endpoint: "http://127.0.0.1:%d/write", batch_send_deadline: 0s,
                        protobuf_message: prometheus.WriteRequest, retry_on_failure: { initial_interval: 10ms } }
                    service:
                      pipelines: { metrics: { receivers: [otlp], exporters: [prometheusremotewrite] } }
                    """.formatted(backend.getAddress().getPort()))))
                    .isEqualTo(new ApplyOutcome.Applied(List.of()));
            status.set(204);
            await(() -> ledger(engine).delivered().records() == 5);
            assertThat(again.send(scrape(9, 10)).get()).isNull();
            await(() -> ledger(engine).delivered().records() == 6);
        }
    }
}

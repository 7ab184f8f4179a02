package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.processor.BuiltInProcessors;
import io.lightvessel.pipeline.storage.FileStorageFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that keep their queues on disk, one life after another. */
class DiskQueueTest {

    private static final Refusal AWAY = Refusal.retryable(DropReason.BACKEND_REFUSED, "backend away", null);
    private static final ComponentId EXPORTER = ComponentId.parse("otlp/a");

    @TempDir
    private Path directory;

    private final List<Life> lives = new ArrayList<>();

    /** One life of an agent; its backend remembers how many records each request had. */
    private final class Life {
        final TestComponents components = new TestComponents();
        final List<Integer> delivered = new CopyOnWriteArrayList<>();
        final List<Payload> payloads = new CopyOnWriteArrayList<>();
        final EngineTimer timer = new EngineTimer();
        final GraphEngine engine = new GraphEngine(
                new EngineOptions(64 << 20, Duration.ofMillis(300), "0.1.0", "test"),
                new ComponentFactories(
                        components.factories().receivers(),
                        BuiltInProcessors.all(),
                        components.factories().exporters(),
                        List.of(new FileStorageFactory(directory))),
                timer,
                timer::close);
        volatile boolean away;

        Life(String config) {
            lives.add(this);
            components.backends.put(EXPORTER, (payload, delivery) -> {
                if (away) {
                    delivery.failed(AWAY);
                } else {
                    delivered.add(payload.records());
                    payloads.add(payload);
                    delivery.delivered();
                }
            });
            apply(config);
        }

        void apply(String config) {
            assertThat(engine.apply(Configs.parse(config))).isEqualTo(new ApplyOutcome.Applied(List.of()));
        }

        RecordingResult send(int records) {
            return components.receiver("otlp").send(Fixtures.logs("shop", records));
        }

        void sendAll(int from, int to) throws InterruptedException {
            for (int records = from; records < to; records++) {
                assertThat(send(records).await().refusal()).isNull();
            }
        }

        FlowSnapshot.Ledger ledger() {
            return engine.flow().pipelines().getFirst();
        }

        void awaitDelivered(List<Integer> expected) throws InterruptedException {
            ReloadTest.await(() -> delivered.size() >= expected.size());
            assertThat(delivered).isEqualTo(expected);
            assertBalanced();
        }

        void assertBalanced() throws InterruptedException {
            ReloadTest.await(() -> ledger().isBalanced());
        }
    }

    @AfterEach
    void close() {
        lives.forEach(life -> life.engine.close());
        lives.forEach(life -> assertThat(life.engine.budget().used()).isZero());
    }

    private static String config(String queue) {
        return """
                receivers: { otlp: { protocols: { grpc: } } }
                extensions: { file_storage: { timeout: 5s } }
                exporters:
                  otlp/a:
                    endpoint: "a:4317"
                    sending_queue: { num_consumers: 1, %s }
                    retry_on_failure: { initial_interval: 20ms, max_interval: 20ms, randomization_factor: 0 }
                  debug:
                service:
                  extensions: [file_storage]
                  pipelines: { logs: { receivers: [otlp], exporters: [otlp/a] } }
                """.formatted(queue);
    }

    private static final String STORED = config("storage: file_storage");
    private static final String IN_MEMORY = config("queue_size: 1000");

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void whatIsQueuedAtTheEndIsSentByTheNextLifeInOrder() throws Exception {
        Life first = new Life(STORED);
        first.away = true;
        first.sendAll(1, 20);
        first.engine.close();
        assertThat(first.ledger()).matches(FlowSnapshot.Ledger::isBalanced);
        assertThat(first.ledger().queued().records()).isEqualTo(190);
        assertThat(first.ledger().dropped()).isEmpty();

        Life second = new Life(STORED);
        second.sendAll(20, 25);
        second.awaitDelivered(numbers(1, 25));
        assertThat(second.ledger().received().records()).isEqualTo(300);
        assertThat(second.ledger().delivered().records()).isEqualTo(300);
        assertThat(second.ledger().queued()).isEqualTo(Count.ZERO);
        second.engine.close();

        Life third = new Life(STORED);
        assertThat(third.ledger().received()).isEqualTo(Count.ZERO);
        assertThat(third.delivered).isEmpty();
    }

    @Test
    void bodiesOfQueuedEntriesTakeNoMemory() throws Exception {
        Life life = new Life(STORED);
        life.away = true;
        ByteBudget budget = life.engine.budget();
        for (int i = 0; i < 200; i++) {
            ByteBudget.Lease lease = budget.tryAcquire(100_000);
            Payload payload =
                    Payload.walk(Signal.LOGS, Fixtures.bytes(Fixtures.logsRequest("shop", 3)), lease, Metadata.EMPTY);
            assertThat(life.components.receiver("otlp").send(payload).await().isAccepted())
                    .isTrue();
        }
        ReloadTest.await(() -> budget.used() < 1000);
        assertThat(life.ledger().queued().records()).isEqualTo(600);
    }

    @Test
    void metadataAndTheSizeAsReceivedSurvive() throws Exception {
        Life first = new Life(STORED);
        first.away = true;
        Metadata metadata = Metadata.of(Map.of("x-scope-orgid", List.of("one", "two")));
        Payload payload = Payload.walk(Signal.LOGS, Fixtures.bytes(Fixtures.logsRequest("shop", 2)), null, metadata);
        long received = payload.receivedBytes();
        assertThat(first.components.receiver("otlp").send(payload).await().isAccepted())
                .isTrue();
        first.engine.close();

        Life second = new Life(STORED);
        second.awaitDelivered(List.of(2));
        assertThat(second.payloads.getFirst().metadata()).isEqualTo(metadata);
        assertThat(second.payloads.getFirst().receivedBytes()).isEqualTo(received);
        assertThat(second.ledger().received()).isEqualTo(new Count(2, received));
    }

    @Test
    void switchingStorageOnSendsWhatIsInMemoryFirst() throws Exception {
        Life life = new Life(IN_MEMORY);
        life.away = true;
        life.sendAll(1, 6);
        life.apply(STORED);
        life.sendAll(6, 10);
        life.assertBalanced();
        life.away = false;
        life.awaitDelivered(numbers(1, 10));
    }

    @Test
    void switchingStorageOffSendsWhatIsOnDiskFirst() throws Exception {
        Life life = new Life(STORED);
        life.away = true;
        life.sendAll(1, 6);
        life.apply(IN_MEMORY);
        life.sendAll(6, 10);
        life.assertBalanced();
        life.away = false;
        life.awaitDelivered(numbers(1, 10));
        life.sendAll(10, 12);
        life.awaitDelivered(numbers(1, 12));
        life.away = true;
        life.sendAll(12, 13);
        life.apply(STORED);
        life.away = false;
        life.awaitDelivered(numbers(1, 13));
    }

    @Test
    void anotherStorageTakesOverAfterTheFirstIsEmpty() throws Exception {
        Life life = new Life(STORED);
        life.away = true;
        life.sendAll(1, 6);
        life.apply(STORED.replace("file_storage", "file_storage/other"));
        life.sendAll(6, 10);
        life.assertBalanced();
        life.away = false;
        life.awaitDelivered(numbers(1, 10));
        life.engine.close();
        assertThat(new Life(STORED).delivered).isEmpty();
    }

    @Test
    void anotherSizeKeepsWhatIsQueued() throws Exception {
        Life life = new Life(config("storage: file_storage, queue_size: 4"));
        life.away = true;
        life.sendAll(1, 5);
        Refusal full = life.send(5).await().refusal();
        assertThat(full.reason()).isEqualTo(DropReason.QUEUE_FULL);
        assertThat(full.message()).isEqualTo("exporter otlp/a (logs): the sending queue is full (4 requests)");
        life.apply(config("storage: file_storage, queue_size: 6"));
        life.sendAll(5, 7);
        assertThat(life.send(7).await().refusal().reason()).isEqualTo(DropReason.QUEUE_FULL);
        life.away = false;
        life.awaitDelivered(numbers(1, 7));
    }

    @Test
    void producersWaitForRoomWhenToldTo() throws Exception {
        Life life = new Life(config("storage: file_storage, queue_size: 3, sizer: items, block_on_overflow: true"));
        life.away = true;
        assertThat(life.send(3).await().isAccepted()).isTrue();
        RecordingResult waiting = life.send(2);
        RecordingResult behindIt = life.send(1);
        assertThat(waiting.isDone()).isFalse();
        life.assertBalanced();
        life.away = false;
        assertThat(waiting.await().isAccepted()).isTrue();
        assertThat(behindIt.await().isAccepted()).isTrue();
        life.awaitDelivered(List.of(3, 2, 1));
        assertThat(life.send(4).await().refusal().isRetryable()).isFalse();
    }

    @Test
    void aSizeInBytesLimitsTheFiles() throws Exception {
        Life life = new Life(config("storage: file_storage, queue_size: 200000, sizer: bytes"));
        for (int round = 0; round < 3; round++) {
            life.away = true;
            int sent = 0;
            while (life.send(100).await().isAccepted()) {
                sent++;
                assertThat(segmentBytes()).isLessThan(300_000);
            }
            assertThat(sent).isGreaterThan(10);
            life.away = false;
            ReloadTest.await(() -> life.ledger().queued().records() == 0);
            // What was sent leaves the disk a moment after it has left the queue.
            for (int i = 0; i < 500 && segmentBytes() > 100_000; i++) {
                Thread.sleep(10);
            }
        }
        life.assertBalanced();
    }

    private long segmentBytes() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void anExporterThatIsRemovedLeavesItsDataAndFindsItAgain() throws Exception {
        Life life = new Life(STORED);
        life.away = true;
        life.sendAll(1, 6);
        life.apply(STORED.replace("exporters: [otlp/a]", "exporters: [debug]"));
        ReloadTest.await(() -> !life.engine.health().healthy());
        ComponentHealth storage = life.engine.health().children().get("storage");
        assertThat(storage.lastError())
                .isEqualTo("exporter otlp/a (logs) is gone; 15 records stay in " + directory
                        + "/file~5f~storage/exporter_otlp~2f~a_logs and are sent when it comes back with that storage");
        life.assertBalanced();
        assertThat(life.ledger().queued().records()).isEqualTo(15);
        life.away = false;
        life.apply(STORED);
        life.awaitDelivered(numbers(1, 6));
        assertThat(life.engine.health().healthy()).isTrue();
        assertThat(life.ledger().received().records()).isEqualTo(15);
    }

    @Test
    void aPipelineThatIsGoneKeepsItsBooks() throws Exception {
        Life first = new Life(STORED);
        first.away = true;
        first.sendAll(1, 6);
        first.engine.close();
        Life second = new Life(STORED.replace("{ logs: {", "{ logs/renamed: {"));
        ReloadTest.await(() -> second.delivered.size() == 5);
        StringBuilder metrics = new StringBuilder();
        ReloadTest.await(() -> {
            metrics.setLength(0);
            try {
                second.engine.metrics().writeTo(metrics);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return metrics.indexOf("lightvessel_pipeline_delivered_records_total{pipeline=\"logs\"} 15") > 0
                    || metrics.indexOf("lightvessel_pipeline_delivered_records{pipeline=\"logs\"} 15") > 0;
        });
        assertThat(second.ledger().received()).isEqualTo(Count.ZERO);
    }

    @Test
    void aDamagedRecordIsDroppedWithItsReason() throws Exception {
        Life first = new Life(STORED);
        first.away = true;
        first.sendAll(1, 6);
        first.engine.close();
        try (Stream<Path> files = Files.walk(directory)) {
            Path segment = files.filter(file -> file.toString().endsWith(".seg"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[bytes.length / 2] ^= 16;
            Files.write(segment, bytes);
        }
        Life second = new Life(STORED);
        ReloadTest.await(() -> second.delivered.size() == 4);
        second.assertBalanced();
        ReloadTest.await(() -> !second.ledger().dropped().isEmpty());
        assertThat(second.ledger().dropped().keySet()).containsExactly(DropReason.CORRUPTED);
        assertThat(second.ledger().received().records()).isEqualTo(15);
        assertThat(second.ledger().queued()).isEqualTo(Count.ZERO);
    }

    @Test
    void aDirectoryInUseBreaksThePipeline() {
        Life first = new Life(STORED);
        EngineTimer timer = new EngineTimer();
        TestComponents components = new TestComponents();
        try (GraphEngine second = new GraphEngine(
                EngineOptions.defaults("0", "0"),
                new ComponentFactories(
                        components.factories().receivers(),
                        List.of(),
                        components.factories().exporters(),
                        List.of(new FileStorageFactory(directory))),
                timer,
                timer::close)) {
            assertThat(second.apply(Configs.parse(STORED.replace("timeout: 5s", "timeout: 10ms"))))
                    .isInstanceOfSatisfying(
                            ApplyOutcome.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .isEqualTo("exporter/otlp/a: the queue on disk cannot be used: " + directory
                                            + "/file~5f~storage/exporter_otlp~2f~a_logs is in use "
                                            + "(expected: a directory no other agent uses)"));
        }
        assertThat(first.engine.health().healthy()).isTrue();
    }

    @Test
    void aMissingDirectoryIsSaid() {
        TestComponents components = new TestComponents();
        EngineTimer timer = new EngineTimer();
        String config = STORED.replace("timeout: 5s", "directory: " + directory.resolve("none"));
        try (GraphEngine engine = new GraphEngine(
                EngineOptions.defaults("0", "0"),
                new ComponentFactories(
                        components.factories().receivers(),
                        List.of(),
                        components.factories().exporters(),
                        List.of(new FileStorageFactory(null))),
                timer,
                timer::close)) {
            assertThat(engine.apply(Configs.parse(config)))
                    .isInstanceOfSatisfying(
                            ApplyOutcome.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .isEqualTo("exporter/otlp/a: directory " + directory.resolve("none")
                                            + " does not exist (expected: a directory, or create_directory: true)"));
            assertThat(engine.apply(Configs.parse(
                            config.replace("none", "none, create_directory: true, directory_permissions: \"0700\""))))
                    .isInstanceOf(ApplyOutcome.Applied.class);
        }
    }

    /** A small file system of its own; needs the right to mount one, as in a build that runs as root. */
    @Test
    void aFullDiskRefusesAndTakesAgainWhenThereIsRoom() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", directory.toString()))
                .as("exit code of mounting a tmpfs, which takes root")
                .isZero();
        try {
            Life life = new Life(STORED);
            life.away = true;
            int acknowledged = 0;
            Refusal refusal = null;
            while (refusal == null && acknowledged < 1000) {
                refusal = life.send(100 + acknowledged).await().refusal();
                acknowledged += refusal == null ? 1 : 0;
            }
            assertThat(refusal).isNotNull();
            assertThat(refusal.reason()).isEqualTo(DropReason.STORAGE_FAILURE);
            assertThat(refusal.isRetryable()).isTrue();
            assertThat(refusal.message()).contains("No space left on device");
            life.assertBalanced();
            assertThat(acknowledged).isGreaterThan(3);

            life.away = false;
            life.awaitDelivered(numbers(100, 100 + acknowledged));
            ReloadTest.await(() -> {
                try {
                    return life.send(1).await().refusal() == null;
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            ReloadTest.await(() -> life.delivered.getLast() == 1);
            life.assertBalanced();
            life.engine.close();
        } finally {
            run("umount", "--lazy", directory.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // No such program here.
            return -1;
        }
    }
}

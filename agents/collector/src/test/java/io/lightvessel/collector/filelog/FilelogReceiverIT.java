package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.collector.filelog.Fixtures.Pipeline;
import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FilelogReceiverIT {
    @TempDir
    Path directory;

    private final Map<DropReason, Long> leftOut = new ConcurrentHashMap<>();
    private final Pipeline pipeline = new Pipeline() {
        @Override
        public void leftOut(DropReason reason, long records, long bytes) {
            leftOut.merge(reason, records, Long::sum);
        }
    };
    private final List<Receiver> running = new ArrayList<>();
    private Path storage;
    private Path log;
    private Settings settings;
    private int written;

    @BeforeEach
    void container() throws IOException {
        storage = Files.createDirectories(directory.resolve("storage"));
        log = directory.resolve("pods/shop_orders-0_11aa/orders/0.log");
        Files.createDirectories(log.getParent());
        settings = Fixtures.settings(
                "include: [" + directory + "/pods/*/*/*.log]",
                "start_at: beginning",
                "include_file_path: true",
                "operators: [{type: container}]");
    }

    @AfterEach
    void stop() {
        running.forEach(receiver -> receiver.stop(Duration.ofSeconds(2)));
    }

    @Test
    void linesBecomeRecordsWithPodStreamAndTime() throws Exception {
        Files.writeString(log, "2026-11-23T10:00:00.5Z stderr F hello\n");
        start(storage);
        await(() -> pipeline.accepted.size() == 1);
        assertThat(pipeline.resources.getFirst().getResource().getAttributesList())
                .extracting(a -> a.getKey() + "=" + a.getValue().getStringValue())
                .containsExactly(
                        "k8s.namespace.name=shop",
                        "k8s.pod.name=orders-0",
                        "k8s.pod.uid=11aa",
                        "k8s.container.name=orders",
                        "k8s.container.restart_count=0");
        var record = pipeline.accepted.getFirst();
        assertThat(record.getTimeUnixNano()).isEqualTo(1_795_428_000_500_000_000L);
        assertThat(record.getObservedTimeUnixNano()).isPositive();
        assertThat(record.getAttributesList())
                .extracting(a -> a.getKey() + "=" + a.getValue().getStringValue())
                .containsExactly("log.file.name=0.log", "log.file.path=" + log, "log.iostream=stderr");
    }

    @Test
    void everyLineArrivesOnceThroughManyRotations() throws Exception {
        start(storage);
        await(() -> Files.exists(storage.resolve("filelog-filelog.checkpoints")));
        for (int rotation = 0; rotation < 20; rotation++) {
            write(log, 500);
            Path old = log.resolveSibling("0.log.20261123-1000" + (10 + rotation));
            Files.move(log, old);
            // The runtime goes on writing to the renamed file until it is told to open a new one.
            write(old, 50);
            Files.createFile(log);
            if (rotation % 3 == 0) {
                awaitAllWritten();
            }
        }
        write(log, 10);
        awaitAllWritten();
        assertExactlyWhatWasWritten();
    }

    @Test
    void linesThatWereDroppedAreToldOfAndNotReadAgain() throws Exception {
        settings = Fixtures.settings(
                "include: [" + directory + "/plain.txt]",
                "start_at: beginning",
                "operators: [{type: json_parser, on_error: drop}]");
        Path plain = directory.resolve("plain.txt");
        Files.writeString(plain, "{\"a\":1}\nno\nneither\n{\"b\":2}\n");
        Receiver first = start(storage);
        await(() -> pipeline.accepted.size() == 2 && leftOut.getOrDefault(DropReason.UNREADABLE, 0L) == 2);
        Files.writeString(plain, "none of these\n", StandardOpenOption.APPEND);
        await(() -> leftOut.getOrDefault(DropReason.UNREADABLE, 0L) == 3);
        first.stop(Duration.ofSeconds(2));
        Files.writeString(plain, "{\"c\":3}\n", StandardOpenOption.APPEND);
        start(storage);
        await(() -> pipeline.accepted.size() == 3);
        assertThat(pipeline.bodies()).containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\":3}");
        assertThat(leftOut).containsOnly(Map.entry(DropReason.UNREADABLE, 3L));
    }

    @Test
    void aLineSplitByTheRuntimeIsJoinedAcrossARotation() throws Exception {
        append(log, "2026-11-23T10:00:00Z stdout P one \n2026-11-23T10:00:01Z stderr F other\n");
        start(storage);
        await(() -> pipeline.bodies().equals(List.of("other")));
        Files.move(log, log.resolveSibling("0.log.20261123-100000"));
        append(log, "2026-11-23T10:00:02Z stdout P two \n2026-11-23T10:00:03Z stdout F three\n");
        await(() -> pipeline.accepted.size() == 2);
        assertThat(pipeline.bodies()).containsExactly("other", "one two three");
    }

    @Test
    void aRestartGoesOnWhereTheLastProcessStoppedAlsoAcrossRotations() throws Exception {
        write(log, 300);
        append(log, "2026-11-23T10:00:00Z stdout P begun-");
        append(log, "before\n");
        Receiver first = start(storage);
        await(() -> pipeline.accepted.size() == 300);
        first.stop(Duration.ofSeconds(2));

        write(log, 100);
        Files.move(log, log.resolveSibling("0.log.20261123-100001"));
        write(log, 100);
        Files.move(log, log.resolveSibling("0.log.20261123-100002"));
        write(log, 100);
        start(storage);
        await(() -> pipeline.accepted.size() == 600);
        assertThat(pipeline.bodies().get(300)).isEqualTo("begun-before" + "line 300");
        List<String> expected = new ArrayList<>(written(600));
        expected.set(300, "begun-beforeline 300");
        assertThat(pipeline.bodies()).containsExactlyElementsOf(expected);
    }

    @Test
    void afterAKillNothingIsLostAndOnlyWhatWasNotCheckpointedComesTwice() throws Exception {
        for (int kill = 0; kill < 5; kill++) {
            start(storage);
            write(log, 1000);
            int half = written - 500;
            await(() -> new HashSet<>(pipeline.bodies()).size() >= half);
            // A killed process leaves the checkpoints as they are and never writes them again.
            Path left = Files.createDirectories(directory.resolve("storage-" + kill));
            for (Path file : Files.list(storage).toList()) {
                if (!file.toString().endsWith(".new")) {
                    Files.copy(file, left.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            running.removeLast().stop(Duration.ofSeconds(2));
            Files.move(log, log.resolveSibling("0.log.20261123-10000" + kill));
            storage = left;
        }
        start(storage);
        write(log, 1);
        await(() -> new HashSet<>(pipeline.bodies()).size() == written);
        assertThat(new HashSet<>(pipeline.bodies())).containsExactlyInAnyOrderElementsOf(written(written));
    }

    @Test
    void checkpointsWaitForAcceptance() throws Exception {
        List<Result> held = new ArrayList<>();
        pipeline.behaviour = result -> {
            synchronized (held) {
                held.add(result);
            }
        };
        write(log, 10);
        Receiver first = start(storage);
        await(() -> {
            synchronized (held) {
                return held.size() == 1;
            }
        });
        first.stop(Duration.ofMillis(50));
        assertThat(pipeline.accepted).isEmpty();

        pipeline.behaviour = Result::accepted;
        start(storage);
        awaitAllWritten();
        assertExactlyWhatWasWritten();
    }

    @Test
    void whatIsRefusedIsSentAgainInOrderAndNothingIsLost() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        pipeline.behaviour = result -> {
            if (calls.incrementAndGet() % 3 != 0) {
                result.refused(Refusal.retryable(DropReason.QUEUE_FULL, "the queue is full", Duration.ofMillis(1)));
            } else {
                result.accepted();
            }
        };
        start(storage);
        for (int i = 0; i < 20; i++) {
            write(log, 50);
        }
        awaitAllWritten();
        assertExactlyWhatWasWritten();
        assertThat(pipeline.health).contains("waiting to send lines again: the queue is full");
        await(() -> pipeline.budget.used() == 0);
    }

    @Test
    void aTruncatedFileIsReadFromItsBeginning() throws Exception {
        start(storage);
        write(log, 100);
        awaitAllWritten();
        FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
        await(() -> pipeline.accepted.size() == 100);
        write(log, 5);
        awaitAllWritten();
        assertExactlyWhatWasWritten();
    }

    @Test
    void aFileWrittenAnewWithTheSameLengthIsNoticed() throws Exception {
        settings = Fixtures.settings("include: [" + directory + "/plain.txt]", "start_at: beginning");
        Path plain = directory.resolve("plain.txt");
        Files.writeString(plain, "aaaa\n");
        start(storage);
        await(() -> pipeline.bodies().equals(List.of("aaaa")));
        Files.writeString(plain, "bbbb\n");
        await(() -> pipeline.bodies().equals(List.of("aaaa", "bbbb")));
    }

    @Test
    void aRotatedFileThatMatchesThePatternItselfIsNotReadTwice() throws Exception {
        settings = Fixtures.settings("include: [" + directory + "/app.log*]", "start_at: beginning");
        Path app = directory.resolve("app.log");
        Files.writeString(app, "one\n");
        start(storage);
        await(() -> pipeline.bodies().equals(List.of("one")));
        Files.move(app, directory.resolve("app.log.1"));
        Files.writeString(app, "two\n");
        await(() -> pipeline.bodies().contains("two"));
        Files.writeString(app, "three\n", StandardOpenOption.APPEND);
        await(() -> pipeline.bodies().contains("three"));
        assertThat(pipeline.bodies()).containsExactly("one", "two", "three");
    }

    @Test
    void aLogThatWasRotatedBeforeItWasFirstSeenIsReadWhole() throws Exception {
        start(storage);
        await(() -> Files.exists(storage.resolve("filelog-filelog.checkpoints")));
        Path fresh = directory.resolve("pods/shop_orders-1_22bb/orders/0.log");
        Path draft = Files.createDirectories(directory.resolve("draft"));
        write(draft.resolve("0.log.20261123-100000"), 10);
        write(draft.resolve("0.log.20261123-100001"), 10);
        write(draft.resolve("0.log"), 10);
        // Appears in one step, as if all of it had happened between two looks.
        Files.createDirectories(fresh.getParent().getParent());
        Files.move(draft, fresh.getParent());
        awaitAllWritten();
        assertExactlyWhatWasWritten();
    }

    @Test
    void anInodeThatWasGivenToAnotherFileIsAnotherFile() throws Exception {
        settings = Fixtures.settings("include: [" + directory + "/*.txt]", "start_at: beginning");
        Path first = directory.resolve("a.txt");
        Files.writeString(first, "a long first line\nand another\n");
        Receiver receiver = start(storage);
        await(() -> pipeline.accepted.size() == 2);
        receiver.stop(Duration.ofSeconds(2));
        // The same inode under another name and with other content is what reuse looks like.
        Path second = directory.resolve("b.txt");
        Files.move(first, second);
        Files.writeString(second, "other\n");
        start(storage);
        await(() -> pipeline.bodies().contains("other"));
        assertThat(pipeline.bodies()).containsExactly("a long first line", "and another", "other");
    }

    @Test
    void startingAtTheEndSkipsWhatWasThereButNotWhatComes() throws Exception {
        settings = Fixtures.settings("include: [" + directory + "/pods/*/*/*.log]", "operators: [{type: container}]");
        append(log, "2026-11-23T10:00:00Z stdout F old\n");
        start(storage);
        await(() -> Files.exists(storage.resolve("filelog-filelog.checkpoints")));
        append(log, "2026-11-23T10:00:00Z stdout F new\n");
        Path other = log.resolveSibling("1.log");
        append(other, "2026-11-23T10:00:00Z stdout F other\n");
        await(() -> pipeline.accepted.size() == 2);
        assertThat(pipeline.bodies()).containsExactlyInAnyOrder("new", "other");
    }

    @Test
    void aChangedReceiverTakesOverWithoutGapOrDouble() throws Exception {
        FilelogReceiverFactory factory = new FilelogReceiverFactory(null);
        Prepared<Receiver> first = factory.prepare(pipeline, settings, null);
        first.commit();
        for (int i = 0; i < 10; i++) {
            write(log, 200);
        }
        Prepared<Receiver> second = factory.prepare(
                pipeline,
                Fixtures.settings(
                        "include: [" + directory + "/pods/*/*/*.log]",
                        "include_file_path: false",
                        "operators: [{type: container}]"),
                first.component());
        second.commit();
        first.component().stop(Duration.ofSeconds(5));
        running.add(second.component());
        write(log, 200);
        awaitAllWritten();
        assertExactlyWhatWasWritten();
    }

    @Test
    void nothingIsReadWhileTheMemoryBudgetIsSpent() throws Exception {
        var lease = pipeline.budget.tryAcquire(pipeline.budget.capacity());
        write(log, 10);
        start(storage);
        await(() -> Files.exists(storage.resolve("filelog-filelog.checkpoints")));
        assertThat(pipeline.accepted).isEmpty();
        lease.release();
        awaitAllWritten();
        assertExactlyWhatWasWritten();
    }

    @Test
    void veryLongLinesAreCutAndLoseNothing() throws Exception {
        settings = Fixtures.settings(
                "include: [" + directory + "/plain.txt]", "start_at: beginning", "max_log_size: 700000");
        Path plain = directory.resolve("plain.txt");
        String text = IntStream.range(0, 250_000)
                .mapToObj(i -> String.format("%07d,", i))
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString();
        Files.writeString(plain, text + "\nshort\n");
        start(storage);
        await(() -> pipeline.bodies().contains("short"));
        List<String> bodies = pipeline.bodies();
        assertThat(String.join("", bodies.subList(0, bodies.size() - 1))).isEqualTo(text);
        assertThat(bodies).allSatisfy(body -> assertThat(body.length()).isLessThanOrEqualTo(700_000));
    }

    private Receiver start(Path storage) {
        Prepared<Receiver> prepared = new FilelogReceiverFactory(storage).prepare(pipeline, settings, null);
        prepared.commit();
        running.add(prepared.component());
        return prepared.component();
    }

    private void write(Path file, int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("2026-11-23T10:00:00.123456789Z stdout F line ")
                    .append(written++)
                    .append('\n');
        }
        append(file, text.toString());
    }

    private static void append(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> written(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
    }

    private void awaitAllWritten() throws InterruptedException {
        await(() -> pipeline.accepted.size() >= written);
    }

    private void assertExactlyWhatWasWritten() {
        assertThat(pipeline.bodies()).containsExactlyElementsOf(written(written));
    }

    /** The class's time limit ends a wait in vain. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}

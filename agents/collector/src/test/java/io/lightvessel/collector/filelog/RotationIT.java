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
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read of files that were renamed, copied, compressed or deleted, also while nobody was looking. */
@Timeout(60)
class RotationIT {
    private static final String TIME = "2026-11-27T10:00:00.%09dZ some words that make the beginning of a file longer ";

    @TempDir
    Path directory;

    private final Pipeline pipeline = new Pipeline();
    private final List<Receiver> running = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private Path log;
    private Settings settings;

    @BeforeEach
    void directory() {
        log = directory.resolve("app.log");
        settings = Fixtures.settings("include: [" + directory + "/app.log*]", "start_at: beginning");
    }

    @AfterEach
    void stop() {
        running.forEach(receiver -> receiver.stop(Duration.ofSeconds(2)));
    }

    @Test
    void theRestOfATruncatedFileIsReadFromItsCopy() throws Exception {
        write(log, 50);
        start();
        awaitAll();
        AtomicBoolean open = new AtomicBoolean();
        pipeline.behaviour = result -> take(result, open);
        write(log, 10);
        write(log, 10);
        Files.copy(log, directory.resolve("app.log.1"));
        truncate(log);
        write(log, 5);
        open.set(true);
        awaitAll();
        write(log, 5);
        awaitAll();
        assertThat(pipeline.bodies()).containsExactlyElementsOf(written);
    }

    @Test
    void theRestOfAFileTruncatedWhileNobodyLookedIsReadFromItsCopy() throws Exception {
        write(log, 50);
        start();
        awaitAll();
        stopAll();
        write(log, 20);
        Files.copy(log, directory.resolve("app.log.1"));
        truncate(log);
        write(log, 5);
        start();
        awaitAll();
        assertThat(pipeline.bodies()).containsExactlyElementsOf(written);
    }

    @Test
    void readingGoesOnInAFileThatWasCompressedMeanwhile() throws Exception {
        settings = Fixtures.settings("include: [" + log + "]", "start_at: beginning");
        write(log, 50);
        start();
        awaitAll();
        stopAll();
        write(log, 20);
        Path first = directory.resolve("app.log.20261127-100000");
        Files.move(log, first);
        write(log, 20);
        Path second = directory.resolve("app.log.20261127-100010");
        Files.move(log, second);
        compress(first);
        write(log, 20);
        Files.move(log, directory.resolve("app.log.20261127-100020"));
        compress(second);
        write(log, 20);
        start();
        awaitAll();
        assertThat(pipeline.bodies()).containsExactlyElementsOf(written);
    }

    @Test
    void whatWasRotatedBeforeTheFirstStartIsLeftAlone() throws Exception {
        settings = Fixtures.settings("include: [" + log + "]", "start_at: beginning");
        for (String name : List.of("app.log.20261127-100000", "app.log.20261127-100010")) {
            write(log, 20);
            Files.move(log, directory.resolve(name));
        }
        compress(directory.resolve("app.log.20261127-100000"));
        written.clear();
        write(log, 20);
        start();
        awaitAll();
        write(log, 20);
        awaitAll();
        assertThat(pipeline.bodies()).containsExactlyElementsOf(written);
    }

    @Test
    void compressingWhatWasReadDoublesNothing() throws Exception {
        settings = Fixtures.settings("include: [" + log + "]", "start_at: beginning");
        start();
        for (int i = 0; i < 5; i++) {
            write(log, 20);
            awaitAll();
            Path rotated = directory.resolve("app.log.20261127-10000" + i);
            Files.move(log, rotated);
            write(log, 1);
            awaitAll();
            compress(rotated);
        }
        write(log, 20);
        awaitAll();
        assertThat(pipeline.bodies()).containsExactlyElementsOf(written);
    }

    @Test
    void aRotatedFileThatMatchesThePatternIsNotReadAgainByTheNextProcess() throws Exception {
        write(log, 50);
        start();
        awaitAll();
        Files.move(log, directory.resolve("app.log.1"));
        write(log, 10);
        awaitAll();
        // Until the file is found under its new name.
        Thread.sleep(300);
        stopAll();
        start();
        write(log, 10);
        awaitAll();
        assertThat(pipeline.bodies()).containsExactlyElementsOf(written);
    }

    @Test
    void aRotatedFileWithoutAnEndOfLineHoldsNothingUp() throws Exception {
        settings = Fixtures.settings("include: [" + log + "]", "start_at: beginning");
        start();
        write(log, 5);
        awaitAll();
        Files.writeString(log, "torn", StandardOpenOption.APPEND);
        written.add("torn");
        Files.move(log, directory.resolve("app.log.20261127-100000"));
        write(log, 5);
        awaitAll();
        assertThat(pipeline.bodies()).containsExactlyElementsOf(written);
    }

    @Test
    void aDeletedFileIsReadToItsEnd() throws Exception {
        AtomicBoolean open = new AtomicBoolean();
        pipeline.behaviour = result -> take(result, open);
        write(log, 5000);
        start();
        await(() -> pipeline.health.contains("waiting to send lines again: not now"));
        Files.delete(log);
        open.set(true);
        awaitAll();
        assertThat(pipeline.bodies()).containsExactlyElementsOf(written);
    }

    @Test
    void logsThatAppearInNewDirectoriesAreFollowed() throws Exception {
        settings = Fixtures.settings(
                "include: [" + directory + "/pods/*/*/*.log]", "start_at: beginning", "operators: [{type: container}]");
        start();
        for (int pod = 0; pod < 20; pod++) {
            Path path = directory.resolve("pods/shop_orders-" + pod + "_11/app/0.log");
            Files.createDirectories(path.getParent());
            Files.writeString(path, "2026-11-27T10:00:00Z stdout F of pod " + pod + "\n");
            written.add("of pod " + pod);
        }
        awaitAll();
        assertThat(pipeline.bodies()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void moreLogsThanDescriptorsAreAllFollowed() throws Exception {
        settings = Fixtures.settings(
                "include: [" + directory + "/many/*.log]", "start_at: beginning", "max_concurrent_files: 10");
        Path many = Files.createDirectories(directory.resolve("many"));
        start();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 60; i++) {
                Path file = many.resolve(i + ".log");
                write(file, 3);
                if (round == 2) {
                    Files.move(file, many.resolve(i + ".log.20261127-100000"));
                    write(file, 1);
                }
            }
            awaitAll();
            Thread.sleep(100);
        }
        assertThat(pipeline.bodies()).containsExactlyInAnyOrderElementsOf(written);
    }

    private static void take(Result result, AtomicBoolean open) {
        if (open.get()) {
            result.accepted();
        } else {
            result.refused(Refusal.retryable(DropReason.QUEUE_FULL, "not now", Duration.ofMillis(5)));
        }
    }

    private void start() {
        Prepared<Receiver> prepared = new FilelogReceiverFactory(directory).prepare(pipeline, settings, null);
        prepared.commit();
        running.add(prepared.component());
    }

    private void stopAll() {
        stop();
        running.clear();
    }

    private void write(Path file, int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            String line = TIME.formatted(written.size()) + written.size();
            written.add(line);
            text.append(line).append('\n');
        }
        Files.write(file, text.toString().getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void truncate(Path file) throws IOException {
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
    }

    /** As the kubelet does. */
    private static void compress(Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(draft))) {
            Files.copy(file, out);
        }
        Files.move(draft, file.resolveSibling(file.getFileName() + ".gz"));
        Files.delete(file);
    }

    private void awaitAll() throws InterruptedException {
        await(() -> pipeline.accepted.size() >= written.size());
    }

    /** The class's time limit ends a wait in vain. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}

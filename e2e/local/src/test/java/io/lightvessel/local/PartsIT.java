package io.lightvessel.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.local.pods.PodLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsIT {

    @TempDir
    Path directory;

    private final Parts parts = new Parts();

    @AfterEach
    void stop() throws Exception {
        parts.stopAll();
    }

    @Test
    void aPartThatDiesIsReportedWithItsLastWords() {
        RunningPart part = parts.start(shell("sink", "echo one; echo address in use; exit 3", () -> false));

        assertThatThrownBy(part::awaitReady)
                .isInstanceOf(Failure.class)
                .hasMessage("sink ended with exit code 3; its log " + directory.resolve("sink.log")
                        + " ends:\n  one\n  address in use");
    }

    @Test
    void aPartThatNeverGetsReadyIsReported() {
        Part slow = shell("sink", "echo starting; sleep 60", () -> false);
        RunningPart part = parts.start(new Part(
                slow.name(),
                slow.address(),
                slow.stage(),
                slow.command(),
                slow.environment(),
                slow.log(),
                slow.podLog(),
                slow.probe(),
                Duration.ofMillis(300)));

        assertThatThrownBy(part::awaitReady).hasMessageContaining("sink was not ready within 0 s");
    }

    @Test
    void stoppingEndsWhatAPartHasStarted() throws Exception {
        RunningPart part = parts.start(shell("control plane", "sleep 60 & sleep 60; true", () -> true));
        List<ProcessHandle> children = awaitChildren(part, 2);

        parts.stopAll();

        assertThat(part.alive()).isFalse();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void whatAKilledPartHasStartedIsEndedToo() throws Exception {
        RunningPart part = parts.start(shell("control plane", "sleep 60 & sleep 60; true", () -> true));
        List<ProcessHandle> children = awaitChildren(part, 2);

        part.kill();
        parts.stopAll();

        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aPartThatIgnoresTheRequestToEndIsKilled() throws Exception {
        RunningPart part =
                parts.start(shell("sink", "trap '' TERM; echo on; while true; do sleep 0.1; done", () -> true));
        awaitText(directory.resolve("sink.log"), "on");

        part.stop(Duration.ofMillis(300));

        assertThat(part.alive()).isFalse();
    }

    @Test
    void nothingStartsOnceStoppingHasBegun() throws Exception {
        parts.stopAll();

        assertThatThrownBy(() -> parts.start(shell("sink", "sleep 60", () -> true)))
                .hasMessage("sink is not started: the product is being stopped.");
    }

    @Test
    void aContainersOutputBecomesAPodLog() throws Exception {
        PodLog log = new PodLog(directory, "shop", "orders-0", "orders");
        parts.start(new Part(
                "orders",
                "",
                Part.Stage.SHOP,
                List.of("/bin/sh", "-c", "echo accepted; echo oops >&2"),
                Map.of(),
                log.file(),
                Optional.of(log),
                () -> true,
                Duration.ofSeconds(10)));

        awaitText(log.file(), " stdout F accepted\n");
        awaitText(log.file(), " stderr F oops\n");
    }

    @Test
    void aRecycledProcessNumberIsNotTheRecordedProcess() {
        ProcessId self = ProcessId.of(ProcessHandle.current());

        assertThat(self.alive()).isPresent();
        assertThat(new ProcessId(self.pid(), self.startedAt().minusSeconds(60)).alive())
                .isEmpty();
    }

    @Test
    void aRunIsReadBackAsItWasWritten() {
        DataDir data = new DataDir(directory);
        Run run = new Run(
                new ProcessId(1, Instant.parse("2026-11-23T12:00:00Z")),
                Run.Phase.READY,
                8080,
                0,
                true,
                Instant.parse("2026-11-23T12:00:01Z"),
                List.of(new Run.Member("sink", "http://127.0.0.1:1", List.of(new ProcessId(2, Instant.EPOCH)))));

        run.write(data);

        assertThat(Run.read(data)).contains(run);
        assertThat(run.leftovers()).isEmpty();
    }

    private Part shell(String name, String script, Part.Probe probe) {
        return new Part(
                name,
                "",
                Part.Stage.PLATFORM,
                List.of("/bin/sh", "-c", script),
                Map.of(),
                directory.resolve(name.replace(' ', '-') + ".log"),
                Optional.empty(),
                probe,
                Duration.ofSeconds(10));
    }

    private static List<ProcessHandle> awaitChildren(RunningPart part, int count) throws InterruptedException {
        for (int i = 0; i < 100 && part.handle().children().count() < count; i++) {
            Thread.sleep(20);
        }
        return part.handle().children().toList();
    }

    private static void awaitText(Path file, String text) throws Exception {
        for (int i = 0; i < 250; i++) {
            if (Files.exists(file) && Files.readString(file).contains(text)) {
                return;
            }
            Thread.sleep(20);
        }
        assertThat(file).content().contains(text);
    }
}

package io.lightvessel.local;

import io.lightvessel.local.pods.CriWriter;
import java.io.File;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One started process, and whatever it started itself. */
final class RunningPart {

    private static final int SHOWN_LINES = 12;
    private static final long TAIL_BYTES = 16_384;

    private final Part part;
    private final Process process;
    private final Map<Long, ProcessHandle> descendants = new LinkedHashMap<>();

    private RunningPart(Part part, Process process) {
        this.part = part;
        this.process = process;
    }

    static RunningPart start(Part part) {
        try {
            Files.createDirectories(part.log().toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(part.command()).redirectInput(new File("/dev/null"));
            builder.environment().putAll(part.environment());
            if (part.podLog().isEmpty()) {
                builder.redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(part.log().toFile()));
                return new RunningPart(part, builder.start());
            }
            Process process = builder.start();
            CriWriter.follow(process, part.podLog().get(), part.name());
            return new RunningPart(part, process);
        } catch (IOException e) {
            throw new Failure(part.name() + " could not be started: " + e.getMessage() + ".", e);
        }
    }

    Part part() {
        return part;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean alive() {
        return process.isAlive();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** Waits until the part answers its probe; a part that dies meanwhile is a failure with its last words. */
    void awaitReady() throws InterruptedException {
        Instant deadline = Instant.now().plus(part.patience());
        while (!part.probe().ready()) {
            if (!process.isAlive()) {
                throw death();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new Failure(part.name() + " was not ready within "
                        + part.patience().toSeconds() + " s; its log " + part.log() + " ends:\n" + lastLines());
            }
            Thread.sleep(100);
        }
    }

    Failure death() {
        return new Failure(
                part.name() + " ended with " + exit() + "; its log " + part.log() + " ends:\n" + lastLines());
    }

    String exit() {
        int code = process.exitValue();
        return code > 128 ? "signal " + (code - 128) : "exit code " + code;
    }

    /** Remembers what the part has started, because a killed part no longer says. */
    synchronized Run.Member member() {
        if (process.isAlive()) {
            process.descendants().forEach(child -> descendants.putIfAbsent(child.pid(), child));
        }
        descendants.values().removeIf(child -> !child.isAlive());
        List<ProcessId> processes = new ArrayList<>();
        processes.add(ProcessId.of(handle()));
        descendants.values().forEach(child -> processes.add(ProcessId.of(child)));
        return new Run.Member(part.name(), part.address(), processes);
    }

    /** Asks the process to end, makes it end when it does not within the grace, and then ends what it left behind. */
    void stop(Duration grace) throws InterruptedException {
        member();
        process.destroy();
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
        List<ProcessHandle> left;
        synchronized (this) {
            left = List.copyOf(descendants.values());
        }
        Processes.end(left, Duration.ofSeconds(5));
    }

    void kill() throws InterruptedException {
        member();
        process.destroyForcibly().waitFor();
    }

    private String lastLines() {
        Path log = part.log();
        try (SeekableByteChannel file = Files.newByteChannel(log)) {
            file.position(Math.max(0, file.size() - TAIL_BYTES));
            byte[] tail = Channels.newInputStream(file).readAllBytes();
            List<String> lines =
                    new String(tail, StandardCharsets.UTF_8).lines().toList();
            return "  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            return "  (no log: " + e.getMessage() + ")";
        }
    }
}

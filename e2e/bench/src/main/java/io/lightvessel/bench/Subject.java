package io.lightvessel.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The process that is measured: an agent, or another collector. Ends with this one. */
final class Subject implements AutoCloseable {

    private static final Duration START_AT_MOST = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final long started;
    private final Thread hook = new Thread(this::kill, "end the agent");

    private Subject(Process process, Path log, long started) {
        this.process = process;
        this.log = log;
        this.started = started;
    }

    static Subject start(List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            long before = System.nanoTime();
            Subject subject = new Subject(builder.start(), log, before);
            Runtime.getRuntime().addShutdownHook(subject.hook);
            return subject;
        } catch (IOException e) {
            throw new Failure("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** Milliseconds from the start until the health page says that telemetry is taken. */
    double awaitHealth(int port) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            awaitPort(port);
            return await(() -> {
                try {
                    return client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
                } catch (IOException e) {
                    return false;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            });
        }
    }

    /** Milliseconds from the start until somebody listens. */
    double awaitPort(int port) throws InterruptedException {
        return await(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private double await(BooleanSupplier ready) throws InterruptedException {
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new Failure("the agent ended with exit code " + process.exitValue() + ":\n" + lastWords());
            }
            if (System.nanoTime() - started > START_AT_MOST.toNanos()) {
                throw new Failure(
                        "the agent was not ready after " + START_AT_MOST.toSeconds() + " seconds:\n" + lastWords());
            }
            Thread.sleep(2);
        }
        return (System.nanoTime() - started) / 1e6;
    }

    /** Seconds of processor time so far, all threads. */
    double cpuSeconds() {
        return cpuSecondsIn(read("stat"));
    }

    /** The same of any process. */
    static double cpuSeconds(long pid) {
        try {
            return cpuSecondsIn(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException e) {
            throw new Failure("process " + pid + " has ended", e);
        }
    }

    private static double cpuSecondsIn(String stat) {
        // The name in parentheses may hold anything; what follows it does not.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** MiB in memory now. */
    double residentMebibytes() {
        return read("status")
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024.0;
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new Failure("the agent has ended:\n" + lastWords(), e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        process.destroy();
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending, and the hook has run or is about to.
        }
    }

    private void kill() {
        boolean ended = false;
        try {
            ended = process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}

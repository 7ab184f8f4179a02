package io.lightvessel.gateway.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An installed Redis or PostgreSQL, on a port and in a directory of the test's own. */
public final class RealDatabase implements AutoCloseable {
    private static final Path REDIS = Path.of("/usr/bin/redis-server");
    private static final Path POSTGRES = Path.of("/usr/lib/postgresql");
    /** PostgreSQL does not run as root. */
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Process process;
    public final int port;

    private RealDatabase(List<String> command, int port) throws IOException, InterruptedException {
        this.port = port;
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException("did not start: " + command);
            }
            Thread.sleep(50);
        }
    }

    public static boolean isRedisInstalled() {
        return Files.isExecutable(REDIS);
    }

    public static RealDatabase redis(Path directory) throws IOException, InterruptedException {
        int port = freePort();
        return new RealDatabase(
                List.of(
                        REDIS.toString(),
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--dir",
                        directory.toString()),
                port);
    }

    /** The directory of the newest installed PostgreSQL's programs. */
    public static Optional<Path> postgresPrograms() {
        if (!Files.isDirectory(POSTGRES)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(POSTGRES)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Path::compareTo);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static RealDatabase postgres(Path programs, Path directory) throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        if (ROOT) {
            run(List.of("chown", "postgres", directory.toString()));
        }
        run(asUser(
                programs.resolve("initdb").toString(), "-D", data.toString(), "-A", "trust", "-U", "postgres", "-N"));
        int port = freePort();
        return new RealDatabase(
                asUser(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(port),
                        "-k",
                        directory.toString(),
                        "-F"),
                port);
    }

    /** Deletes a directory and what a database has left there. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<String> asUser(String... command) {
        List<String> all = new ArrayList<>(ROOT ? List.of("setpriv", "--reuid=postgres", "--clear-groups") : List.of());
        all.addAll(List.of(command));
        return all;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}

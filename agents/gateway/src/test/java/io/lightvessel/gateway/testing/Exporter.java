package io.lightvessel.gateway.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real exporter of the system's packages, on a port of the test's own. */
public final class Exporter implements AutoCloseable {
    /** Which exporter. */
    public record Kind(String program, List<String> arguments) {
        public boolean isInstalled() {
            return Files.isExecutable(Path.of(program));
        }

        public Exporter start(String... more) throws IOException, InterruptedException {
            return new Exporter(this, Map.of(), more);
        }

        /** Starts it with variables that its environment has besides. */
        public Exporter start(Map<String, String> environment) throws IOException, InterruptedException {
            return new Exporter(this, environment);
        }
    }

    public static final Kind NODE = new Kind("/usr/bin/prometheus-node-exporter", List.of());
    public static final Kind REDIS =
            new Kind("/usr/bin/prometheus-redis-exporter", List.of("-redis.addr=redis://127.0.0.1:1"));
    public static final Kind POSTGRES = new Kind("/usr/bin/prometheus-postgres-exporter", List.of());

    private final Process process;
    private final int port;

    private Exporter(Kind kind, Map<String, String> environment, String... more)
            throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(kind.program()));
        command.addAll(kind.arguments());
        command.addAll(List.of(more));
        command.add((kind.program().contains("redis") ? "-" : "--") + "web.listen-address=127.0.0.1:" + port);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        process = builder.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!answers(client)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new IllegalStateException(kind.program() + " did not start");
                }
                Thread.sleep(50);
            }
        }
    }

    private boolean answers(HttpClient client) throws InterruptedException {
        try {
            return client.send(
                                    HttpRequest.newBuilder(URI.create("http://" + address() + "/"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}

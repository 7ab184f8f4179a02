package io.lightvessel.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged agent as a process of its own, with its log. */
public final class RunningAgent implements AutoCloseable {
    private static final Path JAR =
            Path.of("target/agent/lightvessel-agent.jar").toAbsolutePath();
    private static final Pattern PORTS = Pattern.compile("health on port (\\d+), metrics on port (\\d+)");

    final Process process;
    private final Path log;

    private RunningAgent(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public static RunningAgent start(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(directory, "agent", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LIGHTVESSEL_HEALTH_ENDPOINT", "127.0.0.1:0");
        builder.environment().put("LIGHTVESSEL_METRICS_ENDPOINT", "127.0.0.1:0");
        builder.environment().put("LIGHTVESSEL_DEBUG_ENDPOINT", "127.0.0.1:0");
        builder.environment().remove("LIGHTVESSEL_ENROLLMENT_TOKEN");
        return new RunningAgent(builder.start(), log);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits for a piece of text; a process that ends without it is an error with its whole log. */
    public void awaitLog(String text) throws IOException, InterruptedException {
        while (!log().contains(text)) {
            if (!process.isAlive() && !log().contains(text)) {
                throw new AssertionError("the agent ended without saying '" + text + "':\n" + log());
            }
            Thread.sleep(10);
        }
    }

    HttpResponse<String> health(String path) throws IOException, InterruptedException {
        return get(1, path);
    }

    HttpResponse<String> metrics(String path) throws IOException, InterruptedException {
        return get(2, path);
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private HttpResponse<String> get(int group, String path) throws IOException, InterruptedException {
        awaitLog("metrics on port");
        Matcher ports = PORTS.matcher(log());
        if (!ports.find()) {
            throw new AssertionError(log());
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.group(group) + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}

package io.lightvessel.agent.sharding;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Packaged agents, run as they are run in production, that share the targets of one job. */
final class ShardedAgents implements AutoCloseable {
    private static final Path PACKAGE = Path.of("target/agent").toAbsolutePath();

    private static final Pattern METRICS = Pattern.compile("metrics on port (\\d+)");

    private static final Pattern DEBUG = Pattern.compile("debug UI on port (\\d+)");

    /** What the agents are told about time. */
    record Timing(Duration interval, Duration detection, Duration lease) {}

    private final Path directory;
    private final Timing timing;
    private final List<String> targets;
    private final String backend;
    private final List<String> peers;
    private final List<List<String>> places;
    private final TreeMap<String, Process> running = new TreeMap<>();
    private final Map<String, Path> logs = new HashMap<>();
    private int starts;
    private String debug = "off";

    ShardedAgents(Path directory, int most, Timing timing, List<String> targets, String backend) throws IOException {
        this(directory, freeAddresses(most), Collections.nCopies(most, List.of()), timing, targets, backend);
    }

    /** @param places what comes before the command of each, to run it in a network namespace for example */
    ShardedAgents(
            Path directory,
            List<String> peers,
            List<List<String>> places,
            Timing timing,
            List<String> targets,
            String backend) {
        this.directory = directory;
        this.peers = peers;
        this.places = places;
        this.timing = timing;
        this.targets = targets;
        this.backend = backend;
    }

    private static List<String> freeAddresses(int count) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                addresses.add("127.0.0.1:" + socket.getLocalPort());
            }
        }
        return addresses;
    }

    /** Lets replicas that begin from now on answer to {@link #targets}. */
    void answerQuestions() {
        debug = "127.0.0.1:0";
    }

    /** What a replica answers to the question for its targets. */
    String targets(String name) throws IOException, InterruptedException {
        Matcher port = DEBUG.matcher(Files.readString(logs.get(name)));
        URI uri =
                URI.create("http://127.0.0.1:" + (port.find() ? port.group(1) : "0") + "/api/v1/targets?pageSize=1000");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    List<String> running() {
        return List.copyOf(running.keySet());
    }

    /** The two that found the cluster, which therefore must not wait for a majority of the others' addresses. */
    void found() throws IOException {
        start(0, peers.subList(0, 2));
        start(1, peers.subList(0, 2));
    }

    /** Starts replicas until so many run. */
    void grow(int to) throws IOException {
        for (int i = 0; i < peers.size() && running.size() < to; i++) {
            if (!running.containsKey(name(i))) {
                start(i, peers);
            }
        }
    }

    /** Starts a replica again that has ended. */
    void restart(String name) throws IOException {
        for (int i = 0; i < peers.size(); i++) {
            if (name(i).equals(name)) {
                start(i, peers);
            }
        }
    }

    private static String name(int index) {
        return "replica-" + (index + 1);
    }

    private void start(int index, List<String> named) throws IOException {
        String name = name(index);
        Path config = directory.resolve(name + ".yaml");
        Files.writeString(config, """
                extensions:
                  cluster:
                    endpoint: %s
                    discovery: {static: [%s]}
                    secret: what these replicas alone know
                    min_members: 2
                    min_members_timeout: 0s
                    failure_detection: %s
                    lease: %s
                    arbiter: {file: {directory: %s}}
                receivers:
                  prometheus:
                    clustering: cluster
                    config:
                      scrape_configs:
                        - job_name: sharded
                          scrape_interval: %s
                          scrape_timeout: %s
                          http_headers: {%s: {values: [%s]}}
                          static_configs: [{targets: [%s]}]
                exporters:
                  prometheusremotewrite:
                    endpoint: "%s"
                    batch_send_deadline: 200ms
                    timeout: 30s
                    headers: {%s: %s}
                service:
                  extensions: [cluster]
                  pipelines: {metrics: {receivers: [prometheus], exporters: [prometheusremotewrite]}}
                """.formatted(
                        peers.get(index),
                        quoted(named),
                        millis(timing.detection()),
                        millis(timing.lease()),
                        directory.resolve("arbiter"),
                        millis(timing.interval()),
                        millis(timing.interval()),
                        ManyTargets.REPLICA,
                        name,
                        quoted(targets),
                        backend,
                        StrictBackend.REPLICA,
                        name));
        Path log = directory.resolve(name + "." + ++starts + ".log");
        logs.put(name, log);
        List<String> command = new ArrayList<>(places.get(index));
        command.addAll(program());
        command.addAll(List.of(
                "run", "--config", config.toString(), "--state", state(name).toString(), "--name", name));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LIGHTVESSEL_HEALTH_ENDPOINT", "127.0.0.1:0");
        builder.environment().put("LIGHTVESSEL_METRICS_ENDPOINT", "127.0.0.1:0");
        builder.environment().put("LIGHTVESSEL_DEBUG_ENDPOINT", debug);
        running.put(name, builder.start());
    }

    private static List<String> program() {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + PACKAGE.resolve("agent.options"),
                "-jar",
                PACKAGE.resolve("lightvessel-agent.jar").toString());
    }

    private Path state(String name) {
        return directory.resolve(name + ".state");
    }

    /** What a preStop hook does: returns when the replica has handed over, and it still runs. */
    void drain(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program());
        command.addAll(List.of("drain", "--state", state(name).toString()));
        Process drain = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".drain.log").toFile())
                .start();
        if (!drain.waitFor(60, TimeUnit.SECONDS) || drain.exitValue() != 0) {
            throw new AssertionError(
                    "drain did not end well: " + Files.readString(directory.resolve(name + ".drain.log")));
        }
        if (!running.get(name).isAlive()) {
            throw new AssertionError(name + " ended when it was to hand over");
        }
    }

    private static String quoted(Collection<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", "));
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }

    /** SIGTERM to all of these at once; returns when they have ended. */
    void terminate(Collection<String> names) throws InterruptedException {
        List<Process> processes = names.stream().map(running::remove).toList();
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("a replica did not end within a minute of SIGTERM");
            }
        }
    }

    void kill(String name) throws InterruptedException {
        running.remove(name).destroyForcibly().waitFor();
    }

    /** Slots that agents passed knowingly, and what they count of the cluster, by those that run. */
    Map<String, List<String>> skipped() {
        Map<String, List<String>> all = new TreeMap<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String name : running.keySet()) {
                Matcher port = METRICS.matcher(Files.readString(logs.get(name)));
                URI uri = URI.create("http://127.0.0.1:" + (port.find() ? port.group(1) : "0") + "/metrics");
                HttpRequest request = HttpRequest.newBuilder(uri).build();
                all.put(
                        name,
                        client.send(request, HttpResponse.BodyHandlers.ofLines())
                                .body()
                                .filter(line -> line.startsWith("lightvessel_scrape_slots_skipped_total")
                                        || line.startsWith("lightvessel_cluster_"))
                                .map(line -> line.replaceAll("^lightvessel_", "")
                                        .replaceAll("(component|receiver|extension)[a-z_]*=\"[^\"]*\",?", ""))
                                .toList());
            }
        } catch (IOException e) {
            all.put("unknown", List.of(e.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return all;
    }

    /** The one that decides who owns what. */
    String coordinator() {
        return skipped().entrySet().stream()
                .filter(replica -> replica.getValue().stream()
                        .anyMatch(line -> line.startsWith("cluster_coordinator") && line.endsWith(" 1")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no coordinator: " + skipped()));
    }

    /** What the agents said in warning, for a test that fails. */
    String warnings() {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(directory)) {
            for (Path log : files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains("WARN") || line.contains("ERROR") || line.contains("Exception"))
                        .limit(20)
                        .forEach(line -> text.append(log.getFileName())
                                .append(": ")
                                .append(line)
                                .append('\n'));
            }
        } catch (IOException e) {
            text.append(e);
        }
        return text.toString();
    }

    @Override
    public void close() {
        running.values().forEach(Process::destroyForcibly);
    }
}

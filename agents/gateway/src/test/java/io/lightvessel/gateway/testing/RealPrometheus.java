package io.lightvessel.gateway.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The installed Prometheus with its remote-write receiver on, in a directory of the test's own. */
public final class RealPrometheus implements AutoCloseable {
    /** One series of an instant query: its labels and its value as Prometheus prints it. */
    public record Sample(Map<String, String> labels, String value) {}

    /** One raw sample of a series, at its time; a native histogram's value is its JSON. */
    public record Raw(Map<String, String> labels, long millis, String value) {}

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    private final Path log;

    private RealPrometheus(Process process, String base, Path log) {
        this.process = process;
        this.log = log;
        this.base = base;
    }

    /** The program, when it is installed. */
    public static Optional<Path> program() {
        return List.of("/usr/bin/prometheus", "/usr/local/bin/prometheus").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static RealPrometheus start(Path program, Path directory) throws Exception {
        return start(program, directory, "global: {}\n");
    }

    /** Starts it with a configuration of the test's own, and with further options. */
    public static RealPrometheus start(Path program, Path directory, String configuration, String... options)
            throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return start(program, directory, configuration, port, options);
    }

    /** Listens on a port that was free a moment ago. */
    public static RealPrometheus start(Path program, Path directory, int port) throws Exception {
        return start(program, directory, "global: {}\n", port);
    }

    private static RealPrometheus start(Path program, Path directory, String configuration, int port, String... options)
            throws Exception {
        Path config = Files.writeString(directory.resolve("prometheus.yml"), configuration);
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--enable-feature=native-histograms"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        RealPrometheus prometheus = new RealPrometheus(process, "http://127.0.0.1:" + port, directory.resolve("log"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!prometheus.isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "Prometheus did not start:\n" + Files.readString(directory.resolve("log")));
            }
            Thread.sleep(100);
        }
        return prometheus;
    }

    /** What it says of its targets, once there are so many that it scrapes and their number has settled. */
    public JsonObject targets(int atLeast) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int before = -1;
        int same = 0;
        while (true) {
            JsonObject data = JsonParser.parseString(
                            get("/api/v1/targets?state=any").body())
                    .getAsJsonObject()
                    .getAsJsonObject("data");
            int active = data.getAsJsonArray("activeTargets").size();
            int count = active + data.getAsJsonArray("droppedTargets").size();
            same = count == before ? same + 1 : 0;
            before = count;
            if (active >= atLeast && same >= 10 || System.nanoTime() > end) {
                return data;
            }
            Thread.sleep(100);
        }
    }

    public String writeUrl() {
        return base + "/api/v1/write";
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    public List<Sample> query(String query) throws IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        for (JsonElement element : result(query)) {
            JsonObject series = element.getAsJsonObject();
            JsonElement value = series.has("value") ? series.get("value") : series.get("histogram");
            samples.add(new Sample(labels(series), value.getAsJsonArray().get(1).toString()));
        }
        return samples;
    }

    /** All samples that a selector of a range finds, as they are stored. */
    public List<Raw> samples(String rangeSelector) throws IOException, InterruptedException {
        List<Raw> samples = new ArrayList<>();
        for (JsonElement element : result(rangeSelector)) {
            JsonObject series = element.getAsJsonObject();
            Map<String, String> labels = labels(series);
            for (String kind : List.of("values", "histograms")) {
                for (JsonElement at : series.has(kind) ? series.getAsJsonArray(kind) : new JsonArray()) {
                    JsonElement value = at.getAsJsonArray().get(1);
                    samples.add(new Raw(
                            labels,
                            at.getAsJsonArray()
                                    .get(0)
                                    .getAsBigDecimal()
                                    .movePointRight(3)
                                    .longValueExact(),
                            value.isJsonPrimitive() ? value.getAsString() : value.toString()));
                }
            }
        }
        return samples;
    }

    /** What its targets of a job say about their families: type and help by name. */
    public Map<String, String> metadata(String job) throws IOException, InterruptedException {
        String match = URLEncoder.encode("{job=\"" + job + "\"}", StandardCharsets.UTF_8);
        HttpResponse<String> response = get("/api/v1/targets/metadata?match_target=" + match);
        Map<String, String> families = new TreeMap<>();
        for (JsonElement element :
                JsonParser.parseString(response.body()).getAsJsonObject().getAsJsonArray("data")) {
            JsonObject family = element.getAsJsonObject();
            families.put(
                    family.get("metric").getAsString(),
                    family.get("type").getAsString() + "|" + family.get("help").getAsString());
        }
        return families;
    }

    private static Map<String, String> labels(JsonObject series) {
        Map<String, String> labels = new TreeMap<>();
        series.getAsJsonObject("metric")
                .entrySet()
                .forEach(label -> labels.put(label.getKey(), label.getValue().getAsString()));
        return labels;
    }

    /** The exemplars of a selector's series of the last hours, as JSON. */
    public String exemplars(String selector) throws IOException, InterruptedException {
        long now = System.currentTimeMillis() / 1000;
        return get("/api/v1/query_exemplars?query=" + URLEncoder.encode(selector, StandardCharsets.UTF_8) + "&start="
                        + (now - 7200) + "&end=" + (now + 3600))
                .body();
    }

    /** Whether a selector finds anything at a moment: not from the time of a staleness marker on. */
    public boolean isThere(String selector, long millis) throws IOException, InterruptedException {
        String time = "&time=" + BigDecimal.valueOf(millis).movePointLeft(3).toPlainString();
        return !result(selector, time).isEmpty();
    }

    private JsonArray result(String query) throws IOException, InterruptedException {
        return result(query, "");
    }

    private JsonArray result(String query, String time) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            String said = Files.readString(log);
            throw new AssertionError("Prometheus ended:\n" + said.substring(Math.max(0, said.length() - 4000)));
        }
        HttpResponse<String> response =
                get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + time);
        if (response.statusCode() != 200) {
            throw new AssertionError(query + ": " + response.body());
        }
        return JsonParser.parseString(response.body())
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("result");
    }

    /** Asks until there is an answer. */
    public List<Sample> await(String query) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        List<Sample> samples = query(query);
        while (samples.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
            samples = query(query);
        }
        return samples;
    }

    @Override
    public void close() throws InterruptedException {
        client.shutdownNow();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}

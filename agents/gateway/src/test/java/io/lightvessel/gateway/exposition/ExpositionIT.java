package io.lightvessel.gateway.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.lightvessel.gateway.testing.RealPrometheus;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the installed Prometheus makes of answers, we make of them: the same series and values, or a refusal. */
class ExpositionIT {
    private static final int MUTATIONS = Integer.getInteger("lightvessel.expositions", 150);

    private static final Pattern BLANKS_BEFORE_NAME = Pattern.compile("^[ \t]+[a-zA-Z_:]", Pattern.MULTILINE);
    private static final Pattern ZERO_IN_COMMENT = Pattern.compile("^#.*\u0000", Pattern.MULTILINE);
    private static final Pattern EXEMPLAR_OF_OTHERS =
            Pattern.compile("^(?![^ {]*_(total|bucket)[ {]).* # [{]", Pattern.MULTILINE);

    @TempDir
    static Path directory;

    private final List<Answers.Answer> answers = Answers.all(MUTATIONS);

    @Test
    void readsWhatPrometheusReads() throws Exception {
        Optional<Path> program = RealPrometheus.program();
        assumeTrue(program.isPresent(), "Prometheus is not installed (Debian: apt-get install prometheus)");
        HttpServer targets = targets();
        try (RealPrometheus prometheus = RealPrometheus.start(
                program.get(), directory, config(targets.getAddress().getPort()))) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            List<String> differences = differences(prometheus);
            // Scrapes may be late on a busy machine; what differs for good is still different in the next round.
            while (!differences.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(1000);
                differences = differences(prometheus);
            }
            assertThat(differences).isEmpty();
        } finally {
            targets.stop(0);
        }
    }

    private List<String> differences(RealPrometheus prometheus) throws Exception {
        Map<String, String> up = values(prometheus, "up");
        Map<String, String> slow = values(prometheus, "scrape_duration_seconds > 2");
        Map<String, Map<String, String>> series = series(prometheus);
        List<String> differences = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < answers.size(); i++) {
            String id = Integer.toString(i);
            if (!up.containsKey(id) || slow.containsKey(id)) {
                differences.add(id + " was not scraped in time");
                continue;
            }
            boolean theirs = up.get(id).equals("\"1\"");
            taken += theirs ? 1 : 0;
            String difference = differenceOf(answers.get(i), theirs, series.getOrDefault(id, Map.of()));
            if (!difference.isEmpty()) {
                differences.add(answers.get(i).format() + " " + text(answers.get(i)) + ": " + difference);
            }
        }
        if (taken < answers.size() / 4 || taken > answers.size() * 3 / 4) {
            differences.add(taken + " of " + answers.size() + " taken (expected: many, and many refused)");
        }
        return differences;
    }

    private static String text(Answers.Answer answer) {
        return answer.format() == ExpositionFormat.PROTOBUF
                ? answer.body().length + " bytes"
                : JsonParser.parseString("[]").getAsJsonArray()
                        + new com.google.gson.JsonPrimitive(
                                        new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                                .toString();
    }

    private static String differenceOf(Answers.Answer answer, boolean taken, Map<String, String> theirs) {
        Map<String, String> ours;
        try {
            ours = read(answer);
        } catch (MalformedExposition e) {
            return taken && !isRefusedOnPurpose(answer)
                    ? "refused: " + e.getMessage() + ", but theirs is " + theirs
                    : "";
        }
        if (!taken && isTakenOnPurpose(answer)) {
            return "";
        }
        if (!taken) {
            return "taken as " + ours + ", but refused by Prometheus";
        }
        return ours.equals(theirs) ? "" : "ours " + ours + ", theirs " + theirs;
    }

    /**
     * What the format's description allows and Prometheus 2.42 refuses: blanks before a name (3 takes them for a part of
     * it). And what Prometheus refused before version 3: a comma at the end of labels, exemplars of any series.
     */
    private static boolean isTakenOnPurpose(Answers.Answer answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return answer.format() == ExpositionFormat.TEXT_0_0_4
                ? BLANKS_BEFORE_NAME.matcher(body).find()
                        || ZERO_IN_COMMENT.matcher(body).find()
                : body.contains("\",}") || EXEMPLAR_OF_OTHERS.matcher(body).find();
    }

    /** Prometheus' lexers overlook zero bytes also within and between some tokens; we do only within texts. */
    private static boolean isRefusedOnPurpose(Answers.Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8).indexOf(0) >= 0;
    }

    private static Map<String, String> read(Answers.Answer answer) throws MalformedExposition {
        ExpositionParser parser = ExpositionParsers.of(answer.format(), new ParserOptions(true, false, false));
        parser.open(answer.body(), 0, answer.body().length);
        Map<String, String> series = new TreeMap<>();
        for (ExpositionParser.Entry entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
            if (entry == ExpositionParser.Entry.METADATA) {
                continue;
            }
            String key = key(Read.labels(parser));
            // Of several values the first counts.
            series.putIfAbsent(
                    key,
                    entry == ExpositionParser.Entry.SAMPLE
                            ? Double.toString(parser.value())
                            : NativeHistogramText.of(parser));
        }
        return series;
    }

    private static String key(Map<String, String> labels) {
        Map<String, String> sorted = new TreeMap<>(labels);
        sorted.replaceAll(
                (name, value) -> name.equals("le") || name.equals("quantile") ? LabelFloats.normal(value) : value);
        return sorted.toString();
    }

    private HttpServer targets() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            Answers.Answer answer = answers.get(
                    Integer.parseInt(exchange.getRequestURI().getPath().substring(1)));
            exchange.getResponseHeaders().set("Content-Type", answer.format().mediaType());
            exchange.sendResponseHeaders(200, answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        });
        server.start();
        return server;
    }

    private String config(int port) {
        StringBuilder config = new StringBuilder("""
            scrape_configs:
            - job_name: x
              scrape_interval: 4s
              scrape_timeout: 4s
              honor_timestamps: false
              static_configs:
            """);
        for (int i = 0; i < answers.size(); i++) {
            config.append("  - {targets: ['127.0.0.1:%d'], labels: {__metrics_path__: '/%d', answer: '%d'}}%n"
                    .formatted(port, i, i));
        }
        return config.toString();
    }

    private static Map<String, String> values(RealPrometheus prometheus, String query) throws Exception {
        Map<String, String> values = new TreeMap<>();
        for (RealPrometheus.Sample sample : prometheus.query(query)) {
            values.put(sample.labels().get("answer"), sample.value());
        }
        return values;
    }

    private static Map<String, Map<String, String>> series(RealPrometheus prometheus) throws Exception {
        Map<String, Map<String, String>> series = new TreeMap<>();
        for (RealPrometheus.Sample sample : prometheus.query("{answer!=\"\",__name__!~\"up|scrape_.*\"}")) {
            Map<String, String> labels = new TreeMap<>(sample.labels());
            String answer = labels.remove("answer");
            labels.keySet().removeAll(new TreeSet<>(List.of("job", "instance")));
            series.computeIfAbsent(answer, a -> new TreeMap<>()).put(key(labels), value(sample.value()));
        }
        return series;
    }

    private static String value(String json) {
        if (!json.startsWith("{")) {
            return Double.toString(NativeHistogramText.number(json.replace("\"", "")));
        }
        JsonObject histogram = JsonParser.parseString(json).getAsJsonObject();
        StringBuilder out = new StringBuilder(
                NativeHistogramText.number(histogram.get("count").getAsString()) + " "
                        + NativeHistogramText.number(histogram.get("sum").getAsString()));
        for (var bucket : histogram.getAsJsonArray("buckets")) {
            JsonArray parts = bucket.getAsJsonArray();
            NativeHistogramText.bucket(
                    out,
                    parts.get(1).getAsDouble(),
                    parts.get(2).getAsDouble(),
                    parts.get(3).getAsDouble());
        }
        return out.toString();
    }
}

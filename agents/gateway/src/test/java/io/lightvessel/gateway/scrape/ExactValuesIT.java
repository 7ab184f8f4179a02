package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.gateway.exposition.ExpositionFormat;
import io.lightvessel.gateway.prometheus.StrictReceiver;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.Exporter;
import io.lightvessel.gateway.testing.FrozenExporter;
import io.lightvessel.gateway.testing.RealDatabase;
import io.lightvessel.gateway.testing.RealPrometheus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The very same answers of real exporters, scraped by a real Prometheus and by us, who write to another one: each series of
 * each answer has the same labels and the same value in both, and we say of each family what Prometheus says.
 *
 * <p>One difference is known and evened out: Prometheus 2 takes {@code le} and {@code quantile} of the text format as they
 * are, we write them as Prometheus 3 does.
 */
class ExactValuesIT {
    private static final int SNAPSHOTS = 3;
    private static final Pattern LINE =
            Pattern.compile("([^{]*)\\{(.*?)\\} .*? \\[([a-z]+)\\|(.*)\\|[^|]*\\]", Pattern.DOTALL);
    private static final Pattern SUFFIX = Pattern.compile("_(total|bucket|sum|count|created|info)$");

    @TempDir
    Path directory;

    private Path program;

    @BeforeEach
    void find() {
        Optional<Path> found = RealPrometheus.program();
        assumeTrue(found.isPresent(), "prometheus is not installed");
        program = found.get();
    }

    @Test
    void nodeExporterIsTheSame() throws Exception {
        assumeTrue(Exporter.NODE.isInstalled(), "prometheus-node-exporter is not installed");
        try (Exporter node = Exporter.NODE.start()) {
            compare(node, 300);
        }
    }

    @Test
    void redisExporterIsTheSame() throws Exception {
        assumeTrue(Exporter.REDIS.isInstalled(), "prometheus-redis-exporter is not installed");
        assumeTrue(RealDatabase.isRedisInstalled(), "redis-server is not installed");
        try (RealDatabase redis = RealDatabase.redis(directory);
                Exporter exporter = Exporter.REDIS.start("-redis.addr=redis://127.0.0.1:" + redis.port)) {
            Map<String, Long> one = compare(exporter, 150);
            assertThat(one).anySatisfy((series, value) -> {
                assertThat(series).contains("__name__=redis_up,");
                assertThat(value).isEqualTo(Double.doubleToRawLongBits(1));
            });
        }
    }

    @Test
    void postgresExporterIsTheSame() throws Exception {
        assumeTrue(Exporter.POSTGRES.isInstalled(), "prometheus-postgres-exporter is not installed");
        Optional<Path> programs = RealDatabase.postgresPrograms();
        assumeTrue(programs.isPresent(), "postgresql is not installed");
        Path own = Files.createTempDirectory("postgres");
        try (RealDatabase postgres = RealDatabase.postgres(programs.get(), own);
                Exporter exporter = Exporter.POSTGRES.start(Map.of(
                        "DATA_SOURCE_NAME",
                        "postgresql://postgres@127.0.0.1:" + postgres.port + "/postgres?sslmode=disable"))) {
            Map<String, Long> one = compare(exporter, 300);
            assertThat(one).anySatisfy((series, value) -> {
                assertThat(series).contains("__name__=pg_up,");
                assertThat(value).isEqualTo(Double.doubleToRawLongBits(1));
            });
        } finally {
            RealDatabase.delete(own);
        }
    }

    private static String jobs(FrozenExporter frozen, boolean ours) {
        StringBuilder jobs = new StringBuilder();
        for (ExpositionFormat format : FrozenExporter.FORMATS) {
            jobs.append("""
                    - job_name: %s
                      scrape_interval: 1s
                      metrics_path: %s
                      static_configs: [{targets: ["%s"]}]
                    """.formatted(format, FrozenExporter.path(format), frozen.address()));
            if (ours) {
                jobs.append("  scrape_protocols: [").append(format.protocol()).append("]\n");
            }
        }
        return jobs.toString();
    }

    /** Returns the series of one answer as text. */
    private Map<String, Long> compare(Exporter exporter, int atLeast) throws Exception {
        Path one = Files.createDirectory(directory.resolve("one"));
        Path two = Files.createDirectory(directory.resolve("two"));
        try (FrozenExporter frozen = new FrozenExporter(exporter);
                StrictReceiver strict = new StrictReceiver();
                RealPrometheus theirs = RealPrometheus.start(program, one, "scrape_configs:\n" + jobs(frozen, false));
                RealPrometheus ours = RealPrometheus.start(program, two);
                Engines engines =
                        new Engines("""
                        receivers:
                          prometheus:
                            config:
                              scrape_configs:
                        %s
                        exporters:
                          prometheusremotewrite: {endpoint: "%s", tls: {insecure: true}}
                          prometheusremotewrite/strict: {endpoint: "%s", tls: {insecure: true}}
                        service:
                          pipelines:
                            metrics:
                              receivers: [prometheus]
                              exporters: [prometheusremotewrite, prometheusremotewrite/strict]
                        """.formatted(jobs(frozen, true).indent(8), ours.writeUrl(), strict.url()))) {
            Map<String, Long> some = Map.of();
            for (ExpositionFormat format : FrozenExporter.FORMATS) {
                some = awaitEqualValues(theirs, ours, format, atLeast);
                assertMarkedInTime(theirs, format);
                assertMarkedInTime(ours, format);
                assertThat(described(strict.lines(), format, theirs.metadata(format.toString())))
                        .as("metadata of " + format)
                        .isEqualTo(theirs.metadata(format.toString()));
                assertThat(frozen.asked)
                        .anyMatch(asked -> asked.startsWith(format + " ") && asked.contains(" " + format.mediaType()));
            }
            assertThat(frozen.contentTypes.get(ExpositionFormat.TEXT_0_0_4)).startsWith("text/plain");
            assertThat(frozen.contentTypes.get(ExpositionFormat.PROTOBUF))
                    .startsWith("application/vnd.google.protobuf");
            assertThat(strict.must()).isEmpty();
            assertThat(engines.engine.health().healthy()).isTrue();
            return some;
        }
    }

    private static Map<String, Long> awaitEqualValues(
            RealPrometheus theirs, RealPrometheus ours, ExpositionFormat format, int atLeast) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        Map<Long, Map<String, Long>> expected;
        Map<Long, Map<String, Long>> found;
        do {
            Thread.sleep(500);
            expected = bySnapshot(theirs, format);
            found = bySnapshot(ours, format);
            // One of them may have been too late for one, which the other then had alone.
            expected.keySet().retainAll(found.keySet());
            found.keySet().retainAll(expected.keySet());
        } while ((expected.size() < SNAPSHOTS || !expected.equals(found)) && System.nanoTime() < end);
        assertThat(expected).hasSizeGreaterThanOrEqualTo(SNAPSHOTS);
        for (Map.Entry<Long, Map<String, Long>> snapshot : expected.entrySet()) {
            assertThat(found.get(snapshot.getKey()))
                    .as(format + ", answer " + snapshot.getKey())
                    .isEqualTo(snapshot.getValue())
                    .hasSizeGreaterThanOrEqualTo(atLeast);
        }
        return expected.values().iterator().next();
    }

    /** The bits of all values by series by answer. */
    private static Map<Long, Map<String, Long>> bySnapshot(RealPrometheus prometheus, ExpositionFormat format)
            throws Exception {
        List<RealPrometheus.Raw> all = prometheus.samples("{job=\"" + format + "\"}[10m]");
        Map<Long, Long> snapshots = new HashMap<>();
        for (RealPrometheus.Raw sample : all) {
            if (sample.labels().get("__name__").equals("snapshot_index")) {
                snapshots.put(sample.millis(), Long.valueOf(sample.value()));
            }
        }
        Map<Long, Map<String, Long>> values = new TreeMap<>();
        for (RealPrometheus.Raw sample : all) {
            String name = sample.labels().get("__name__");
            Long snapshot = snapshots.get(sample.millis());
            if (snapshot == null || name.equals("up") || name.startsWith("scrape_")) {
                continue;
            }
            Map<String, String> labels = new TreeMap<>(sample.labels());
            labels.computeIfPresent("le", (_, bound) -> canonical(bound));
            labels.computeIfPresent("quantile", (_, bound) -> canonical(bound));
            long bits = Double.doubleToRawLongBits(number(sample.value()));
            Long before = values.computeIfAbsent(snapshot, _ -> new TreeMap<>()).put(labels.toString(), bits);
            assertThat(before == null || before == bits)
                    .as("%s of one answer has had two values", labels)
                    .isTrue();
        }
        return values;
    }

    /** A series ends with its last sample's time before, and a marker at the time of, the first answer without it. */
    private static void assertMarkedInTime(RealPrometheus prometheus, ExpositionFormat format) throws Exception {
        String job = "{job=\"" + format + "\"}";
        List<RealPrometheus.Raw> snapshots = prometheus.samples("snapshot_index" + job + "[10m]").stream()
                .sorted(Comparator.comparingLong(RealPrometheus.Raw::millis))
                .toList();
        int ends = 0;
        for (int i = 1; i < snapshots.size(); i++) {
            long last = snapshots.get(i - 1).millis();
            long without = snapshots.get(i).millis();
            boolean ended = FrozenExporter.hasSometimes(
                            Long.parseLong(snapshots.get(i - 1).value()))
                    && !FrozenExporter.hasSometimes(
                            Long.parseLong(snapshots.get(i).value()));
            if (ended) {
                ends++;
                assertThat(prometheus.isThere(FrozenExporter.SOMETIMES + job, last))
                        .isTrue();
                assertThat(prometheus.isThere(FrozenExporter.SOMETIMES + job, without - 1))
                        .as("%s: until just before the answer without it", format)
                        .isTrue();
                assertThat(prometheus.isThere(FrozenExporter.SOMETIMES + job, without))
                        .as("%s: from that answer's time on", format)
                        .isFalse();
            }
        }
        assertThat(ends).as("%s: how often the series ended", format).isPositive();
    }

    private static String canonical(String bound) {
        return String.valueOf(number(bound));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** What our requests say of families, by the names that Prometheus has for them. */
    private static Map<String, String> described(
            List<String> lines, ExpositionFormat format, Map<String, String> known) {
        Map<String, String> families = new TreeMap<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            String name = matcher.group(1);
            if (!matcher.group(2).contains("job=\"" + format + "\"")
                    || name.equals("up")
                    || name.startsWith("scrape_")) {
                continue;
            }
            String family =
                    known.containsKey(name) ? name : SUFFIX.matcher(name).replaceFirst("");
            String type = matcher.group(3).equals("unspecified") ? "unknown" : matcher.group(3);
            String before = families.put(family, type + "|" + matcher.group(4));
            assertThat(before == null || before.equals(families.get(family)))
                    .as("%s was something else before: %s", line, before)
                    .isTrue();
        }
        return families;
    }
}

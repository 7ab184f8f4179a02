package io.lightvessel.agent.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.agent.RunningAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What pods wrote while Loki was away, and write when it is back, by the packaged agent and both ways into Loki, with ten
 * requests under way at a time and a Loki that answers unevenly. A stretch of a log spans hours here, so one that overtook
 * another would be refused.
 */
@Timeout(60)
class PodLogsToLokiIT {
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
    private static final List<String> CONTAINERS =
            List.of("shop_orders-0_uid-1/orders", "shop_orders-0_uid-1/proxy", "shop_cart-0_uid-2/cart");
    private static final int FIELDS = 20;
    private static final int BACKLOG = 4000;
    private static final int LIVE = 500;
    private static final int SECONDS_BETWEEN = 10;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"loki", "otlphttp"})
    void theBacklogComesBeforeWhatIsLiveInOrderAndWithFewLabels(String exporter) throws Exception {
        try (StrictLoki loki = new StrictLoki()) {
            loki.away = true;
            for (String container : CONTAINERS) {
                write(container, "0.log", 0, BACKLOG);
            }
            Path config = Files.writeString(directory.resolve("config.yaml"), config(exporter, loki.url()));
            try (RunningAgent agent = RunningAgent.start(
                    directory, "run", "--config", config.toString(), "--state", directory + "/state")) {
                agent.awaitLog("1 pipelines run, 0 are broken");
                await(() -> loki.refused.get() > 3);
                write(CONTAINERS.get(0), "0.log", BACKLOG, LIVE);
                // The second is started again, the log of the third is rotated.
                write(CONTAINERS.get(1), "1.log", BACKLOG, LIVE);
                Path log = directory.resolve("pods").resolve(CONTAINERS.get(2)).resolve("0.log");
                Files.move(log, log.resolveSibling("0.log.20261123-220000"));
                write(CONTAINERS.get(2), "0.log", BACKLOG, LIVE);
                loki.away = false;
                await(() -> !loki.violations.isEmpty() || loki.lines.size() >= CONTAINERS.size() * (BACKLOG + LIVE));
            }
            assertThat(loki.violations).isEmpty();
            assertComplete(loki.lines);
            assertThat(loki.lines).allSatisfy(line -> assertLabelled(line, exporter));
        }
    }

    /** Every line once, and each stream in the order it was written in. */
    private static void assertComplete(List<StoredLine> lines) {
        Map<SortedMap<String, String>, List<String>> streams = new HashMap<>();
        lines.forEach(line -> streams.computeIfAbsent(line.labels(), _ -> new ArrayList<>())
                .add(line.text().replaceFirst(".*\"n\":(\\d+).*", "$1")));
        List<String> all =
                IntStream.range(0, BACKLOG + LIVE).mapToObj(Integer::toString).toList();
        assertThat(streams).hasSize(CONTAINERS.size());
        assertThat(streams.values()).allSatisfy(numbers -> assertThat(numbers).isEqualTo(all));
    }

    /** Whatever is no label lies beside the line; nothing is lost between the two. */
    private static void assertLabelled(StoredLine line, String exporter) {
        Map<String, String> known = new HashMap<>(line.beside());
        known.putAll(line.labels());
        assertThat(new HashSet<>(line.beside().keySet()))
                .doesNotContainAnyElementsOf(line.labels().keySet());
        assertThat(known)
                .containsEntry("k8s_namespace_name", "shop")
                .containsKeys("k8s_pod_name", "k8s_container_name");
        for (int i = 0; i < FIELDS; i++) {
            assertThat(known).containsEntry("field_" + i, "value " + i);
        }
        assertThat(line.labels()).hasSize(exporter.equals("loki") ? 15 : 4);
    }

    /** More labels are asked for than Loki takes. */
    private String config(String exporter, String url) {
        String fields = IntStream.range(0, FIELDS).mapToObj(i -> "field_" + i).collect(Collectors.joining(", "));
        String target = exporter.equals("loki") ? """
                  endpoint: %s/loki/api/v1/push
                    labels: {resource: [k8s.namespace.name, k8s.pod.name, k8s.container.name], attributes: [%s]}
                """.formatted(url, fields) : "  endpoint: " + url + "/otlp\n";
        return """
                receivers:
                  podlogs:
                    path: %s/pods
                    poll_interval: 20ms
                    parse: json
                    metadata: {api: "off"}
                exporters:
                  %s:
                  %s    retry_on_failure: {initial_interval: 20ms, max_interval: 100ms, max_elapsed_time: 0s}
                service:
                  pipelines:
                    logs: {receivers: [podlogs], exporters: [%s]}
                """.formatted(directory, exporter, target, exporter);
    }

    private void write(String container, String file, int from, int count) throws IOException {
        Path log = Files.createDirectories(directory.resolve("pods").resolve(container))
                .resolve(file);
        String fields = IntStream.range(0, FIELDS)
                .mapToObj(i -> "\"field_%d\":\"value %d\"".formatted(i, i))
                .collect(Collectors.joining(","));
        StringBuilder text = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            text.append(BEGIN.plusSeconds((long) i * SECONDS_BETWEEN))
                    .append(" stdout F {\"n\":")
                    .append(i)
                    .append(',')
                    .append(fields)
                    .append("}\n");
        }
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The class's time limit ends a wait in vain. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(10);
        }
    }
}

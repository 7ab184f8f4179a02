package io.lightvessel.gateway.pprof;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.pprof.format.TestProfile;
import io.lightvessel.gateway.scrape.Slots;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.pipeline.ClusterMember;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSnapshot.State;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two whole gateways that share scraped and profiled targets; the targets count who comes when. */
class TwoReplicasIT {
    private static final int OF_EACH_KIND = 20;
    private static final long INTERVAL = Duration.ofSeconds(3).toNanos();
    /** Requests may come this much before their slot, by the clocks' granularity. */
    private static final long EARLY = Duration.ofMillis(50).toNanos();

    private final Map<String, List<Long>> asked = new ConcurrentHashMap<>();
    /** Of a path; the same on both replicas. */
    private final Map<String, Long> offsets = new HashMap<>();

    private final List<Engines> open = new ArrayList<>();
    private ProfiledApp app;

    @BeforeEach
    void start() throws Exception {
        app = new ProfiledApp();
        byte[] profile = new TestProfile("goroutine/count").add("main;wait", 3).gzipped();
        byte[] metrics = "# TYPE work counter\nwork 1\n".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < OF_EACH_KIND; i++) {
            page("/metrics/" + i, "text/plain; version=0.0.4", metrics);
            page("/profile/" + i, "application/octet-stream", profile);
        }
    }

    private void page(String path, String type, byte[] body) {
        List<Long> times = new CopyOnWriteArrayList<>();
        asked.put(path, times);
        app.page(path, exchange -> {
            times.add(Slots.nanos(Instant.now()));
            ProfiledApp.send(exchange, 200, type, body);
        });
    }

    @AfterEach
    void stop() {
        open.forEach(Engines::close);
        app.close();
    }

    private static List<String> addresses() throws Exception {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                addresses.add("127.0.0.1:" + socket.getLocalPort());
            }
        }
        return addresses;
    }

    private Engines replica(String name, String address, List<String> all, String arbiter) {
        Engines engines = new Engines("""
            extensions:
              cluster:
                endpoint: "%s"
                replica_name: %s
                discovery: {static: ["%s"]}
                min_members: 2
                failure_detection: 2s
                lease: 5s%s
            receivers:
              prometheus:
                clustering: cluster
                config: {scrape_configs: [{job_name: scraped, scrape_interval: 3s, scrape_timeout: 3s, static_configs: [%s]}]}
              pprof:
                clustering: cluster
                scrape_configs:
                  - job_name: profiled
                    scrape_interval: 3s
                    static_configs: [%s]
                    profiling_config:
                      profile.block: {enabled: false}
                      profile.mutex: {enabled: false}
                      profile.memory: {enabled: false}
                      profile.process_cpu: {enabled: false}
            exporters: {debug: }
            service:
              extensions: [cluster]
              pipelines:
                metrics: {receivers: [prometheus], exporters: [debug]}
                profiles: {receivers: [pprof], exporters: [debug]}
            """.formatted(
                        address,
                        name,
                        String.join("\", \"", all),
                        arbiter,
                        targets("__metrics_path__: /metrics/"),
                        targets("__profile_path__: /profile/")));
        open.add(engines);
        return engines;
    }

    private String targets(String path) {
        return String.join(
                ", ",
                IntStream.range(0, OF_EACH_KIND)
                        .mapToObj(i ->
                                "{targets: [\"" + app.address() + "\"], labels: {n: \"" + i + "\", " + path + i + "}}")
                        .toList());
    }

    private static List<TargetSnapshot> targets(Engines engines) {
        return engines.engine.targetSources().values().stream()
                .flatMap(source -> source.targets().stream())
                .toList();
    }

    private static String path(TargetSnapshot target) {
        return target.url().substring(target.url().indexOf('/', "http://".length()));
    }

    private static Set<String> owned(Engines engines) {
        Set<String> paths = new HashSet<>();
        for (TargetSnapshot target : targets(engines)) {
            if (target.ownedSince() != null) {
                paths.add(path(target));
            }
        }
        return paths;
    }

    private void noteSlots(Engines engines) {
        for (TargetSnapshot target : targets(engines)) {
            Instant next = target.nextScrape();
            if (next != null) {
                long offset = Math.floorMod(Slots.nanos(next), INTERVAL);
                Long known = offsets.put(path(target), offset);
                assertThat(known).as("offset of " + path(target) + " before").isIn(null, offset);
            }
        }
    }

    private boolean eachWasAsked(int times) {
        return asked.values().stream().allMatch(each -> each.size() >= times);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "true, true"})
    void eachSlotOfEachTargetIsScrapedOnceWhoeverOwnsItAndWhicheverLeaves(
            boolean coordinatorLeaves, boolean withArbiter, @TempDir Path directory) throws Exception {
        List<String> addresses = addresses();
        String arbiter = withArbiter ? "\n    arbiter: {file: {directory: \"" + directory + "\"}}" : "";
        Engines one = replica("one", addresses.get(0), addresses, arbiter);
        Engines two = replica("two", addresses.get(1), addresses, arbiter);
        Eventually.isTrue("each target is asked", () -> eachWasAsked(2));

        // Each has one owner, about whom both say the same.
        Eventually.isTrue("both agree", () -> agree(one, two));
        assertThat(owned(one)).isNotEmpty().doesNotContainAnyElementsOf(owned(two));
        assertThat(Stream.concat(owned(one).stream(), owned(two).stream()))
                .containsExactlyInAnyOrderElementsOf(asked.keySet());
        noteSlots(one);
        noteSlots(two);

        // Which of the two coordinates is chance.
        Engines staying = isCoordinator(one) == coordinatorLeaves ? two : one;
        Engines leaving = staying == one ? two : one;
        leaving.close();
        open.remove(leaving);
        Map<String, Integer> before = new TreeMap<>();
        asked.forEach((path, times) -> before.put(path, times.size()));
        assertThat(owned(staying)).as("handed over at the end of close").isEqualTo(asked.keySet());
        assertThat(staying.engine.clusterStatus().orElseThrow().members()).hasSize(1);
        // For longer than a lease, so that it needs one that it has given itself.
        Eventually.isTrue(
                "each target is asked by the other",
                () -> before.entrySet().stream()
                        .allMatch(count -> asked.get(count.getKey()).size() >= count.getValue() + 3));
        noteSlots(staying);
        assertThat(targets(staying))
                .allSatisfy(target -> assertThat(target.state()).isEqualTo(State.UP));

        Map<String, List<Long>> slots = new TreeMap<>();
        Map<String, List<Long>> expected = new TreeMap<>();
        asked.forEach((path, times) -> {
            List<Long> taken = times.stream()
                    .map(time -> Math.floorDiv(time - offsets.get(path) + EARLY, INTERVAL))
                    .sorted()
                    .toList();
            slots.put(path, taken);
            expected.put(
                    path,
                    LongStream.rangeClosed(taken.getFirst(), taken.getLast())
                            .boxed()
                            .toList());
        });
        assertThat(slots).isEqualTo(expected);
    }

    private static boolean agree(Engines one, Engines two) {
        return owners(one).equals(owners(two))
                && owners(one).size() == 2 * OF_EACH_KIND
                && says(one, "one")
                && says(two, "two");
    }

    private static Map<String, String> owners(Engines engines) {
        Map<String, String> owners = new HashMap<>();
        for (TargetSnapshot target : targets(engines)) {
            if (target.owner() != null) {
                owners.put(path(target), target.owner() + ", then " + target.predictedOwner());
            }
        }
        return owners;
    }

    /** It calls those its own that it scrapes, and no others. */
    private static boolean says(Engines engines, String name) {
        return targets(engines).stream()
                .allMatch(target -> name.equals(target.owner()) == (target.state() == State.UP)
                        && (target.state() == State.UP || target.state() == State.ELSEWHERE));
    }

    private static boolean isCoordinator(Engines engines) {
        ClusterMember.Status status = engines.engine.clusterStatus().orElseThrow();
        return status.members().stream()
                .anyMatch(member -> member.coordinator() && member.name().equals(status.self()));
    }
}

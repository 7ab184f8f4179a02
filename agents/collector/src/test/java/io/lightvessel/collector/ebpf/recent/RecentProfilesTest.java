package io.lightvessel.collector.ebpf.recent;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.collector.ebpf.symbols.ProcessIdentity;
import io.lightvessel.collector.ebpf.symbols.ProcessLabels;
import io.lightvessel.pipeline.FlameGraph;
import io.lightvessel.pipeline.ProfileQuery;
import io.lightvessel.pipeline.ProfileSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentProfilesTest {
    private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");
    private static final ProcessIdentity SHOP = new ProcessIdentity(7, 100);
    private static final ProcessIdentity OTHER = new ProcessIdentity(7, 200);
    private static final long TEN_MILLIS = 10_000_000;

    private final Now now = new Now();
    private final RecentProfiles profiles = new RecentProfiles(Duration.ofMinutes(10), 1 << 20, now);

    @Test
    void stacksAreLaidOnEachOtherOverAllIntervals() {
        interval(SHOP, "shop", List.of("leaf", "middle", "main"), 3);
        interval(SHOP, "shop", List.of("middle", "main"), 1);
        interval(OTHER, "other", List.of("main"), 5);

        ProfileSnapshot snapshot = find("", "");

        assertThat(snapshot.graph().nodes())
                .containsExactly(
                        node("all", 0, 9, 0), node("main", 1, 9, 5), node("middle", 2, 4, 1), node("leaf", 3, 3, 3));
        assertThat(snapshot.samples()).isEqualTo(9);
        assertThat(snapshot.from()).isEqualTo(START);
        assertThat(snapshot.to()).isEqualTo(START.plusSeconds(45));
        assertThat(snapshot.processes())
                .extracting(ProfileSnapshot.ProcessShare::key, ProfileSnapshot.ProcessShare::cpuNanos)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("7-200", 5 * TEN_MILLIS),
                        org.assertj.core.groups.Tuple.tuple("7-100", 4 * TEN_MILLIS));
    }

    @Test
    void oneServiceOrProcessCanBeAskedForThoughNumbersAreUsedAgain() {
        interval(SHOP, "shop", List.of("buy"), 2);
        interval(OTHER, "other", List.of("main"), 5);

        assertThat(find("shop", "").graph().nodes()).containsExactly(node("all", 0, 2, 0), node("buy", 1, 2, 2));
        assertThat(find("", "7-200").graph().nodes()).containsExactly(node("all", 0, 5, 0), node("main", 1, 5, 5));
        assertThat(find("none", "").graph().nodes()).containsExactly(node("all", 0, 0, 0));
        assertThat(find("shop", "").processes()).hasSize(2);
    }

    @Test
    void samplesOfDifferentRatesCountByTheTimeTheyStandFor() {
        ProfileInterval slow = new ProfileInterval(now.instant());
        slow.add(SHOP, labels("shop"), List.of("main"), 1);
        profiles.add(slow, now.plus(15), 5 * TEN_MILLIS);
        interval(SHOP, "shop", List.of("main"), 1);

        assertThat(find("", "").graph().nodes()).contains(node("main", 1, 6, 6));
        assertThat(find("", "").samples()).isEqualTo(2);
    }

    @Test
    void onlyTheMinutesAskedForAreAddedUp() {
        interval(SHOP, "shop", List.of("before"), 1);
        now.plus(120);
        interval(SHOP, "shop", List.of("after"), 1);

        assertThat(profiles.find(new ProfileQuery("", "", Duration.ofMinutes(1), 100), List.of())
                        .graph()
                        .nodes())
                .containsExactly(node("all", 0, 1, 0), node("after", 1, 1, 1));
    }

    @Test
    void oldestGoWhenTheirTimeOrTheRoomIsOver() {
        interval(SHOP, "shop", List.of("old"), 1);
        now.plus(601);
        interval(SHOP, "shop", List.of("young"), 1);
        assertThat(find("", "").graph().nodes()).containsExactly(node("all", 0, 1, 0), node("young", 1, 1, 1));

        for (int i = 0; i < 10; i++) {
            ProfileInterval large = new ProfileInterval(now.instant());
            for (int n = 0; n < 3000; n++) {
                large.add(SHOP, labels("shop"), List.of("function number " + n), 1);
            }
            profiles.add(large, now.plus(15), TEN_MILLIS);
            assertThat(profiles.bytes()).isLessThanOrEqualTo(1 << 20);
        }
        assertThat(find("", "").samples()).isBetween(3000L, 29_999L);
    }

    @Test
    void smallestNodesAreLeftOutAndCounted() {
        ProfileInterval interval = new ProfileInterval(now.instant());
        for (int n = 1; n <= 50; n++) {
            interval.add(SHOP, labels("shop"), List.of("leaf " + n, "main"), n);
        }
        profiles.add(interval, now.plus(15), TEN_MILLIS);

        FlameGraph graph = profiles.find(new ProfileQuery("", "", Duration.ofMinutes(5), 4), List.of())
                .graph();

        assertThat(graph.nodes())
                .extracting(FlameGraph.Node::name)
                .containsExactly("all", "main", "leaf 49", "leaf 50");
        assertThat(graph.left()).isEqualTo(48);
        assertThat(graph.nodes().getFirst().total()).isEqualTo(1275 * TEN_MILLIS);
    }

    private void interval(ProcessIdentity process, String service, List<String> stack, long samples) {
        ProfileInterval interval = new ProfileInterval(now.instant());
        interval.add(process, labels(service), stack, samples);
        profiles.add(interval, now.plus(15), TEN_MILLIS);
    }

    private ProfileSnapshot find(String service, String process) {
        return profiles.find(new ProfileQuery(service, process, Duration.ofMinutes(10), 1000), List.of());
    }

    private static ProcessLabels labels(String service) {
        return new ProcessLabels(Map.of("service_name", service));
    }

    private static FlameGraph.Node node(String name, int depth, long total, long self) {
        return new FlameGraph.Node(name, depth, total * TEN_MILLIS, self * TEN_MILLIS);
    }

    private static final class Now extends Clock {
        private Instant instant = START;

        Instant plus(long seconds) {
            instant = instant.plusSeconds(seconds);
            return instant;
        }

        @Override
        public Instant instant() {
            return instant;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}

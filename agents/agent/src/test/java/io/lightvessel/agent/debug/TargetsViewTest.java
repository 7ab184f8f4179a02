package io.lightvessel.agent.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineId;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ClusterMember;
import io.lightvessel.pipeline.ComponentHealth;
import io.lightvessel.pipeline.EdgeWatch;
import io.lightvessel.pipeline.EdgeWatcher;
import io.lightvessel.pipeline.FlowSnapshot;
import io.lightvessel.pipeline.MetricsWriter;
import io.lightvessel.pipeline.ProfileSource;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSnapshot.State;
import io.lightvessel.pipeline.TargetSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsViewTest {
    private static final Instant TEN = Instant.parse("2026-11-27T10:00:00Z");

    private final TargetsView view = new TargetsView(new Receivers(new TargetSource() {
        @Override
        public List<TargetSnapshot> targets() {
            return List.of(
                    target("node", "http://b:9100/metrics", State.DOWN, "server returned HTTP status 500"),
                    target("node", "http://a:9100/metrics", State.UP, ""),
                    target("redis", "http://a:9121/metrics", State.UP, ""),
                    target("node", "", State.DROPPED, "no __address__"));
        }

        @Override
        public List<String> targetProblems() {
            return List.of("node: file_sd_configs/0: no such file");
        }
    }));

    private static TargetSnapshot target(String job, String url, State state, String error) {
        return new TargetSnapshot(
                job,
                url.hashCode(),
                url,
                Map.of("job", job),
                Map.of("__address__", url),
                state,
                error,
                state == State.DROPPED ? null : TEN,
                Duration.ofMillis(12),
                42,
                state == State.DROPPED ? null : TEN.plusSeconds(60),
                null,
                null,
                null);
    }

    private String answer(String query) {
        return view.answer(new Query(query)).replaceFirst("\"time\":\"[^\"]*\",", "");
    }

    @Test
    void aTargetIsShownWithAllThatIsKnownOfIt() {
        assertThat(answer("target=B:91"))
                .isEqualTo("{\"matching\":1,\"counts\":{\"down\":1,\"dropped\":1,\"up\":2},"
                        + "\"problems\":[\"prometheus: node: file_sd_configs/0: no such file\"],"
                        + "\"targets\":[{\"receiver\":\"prometheus\",\"job\":\"node\",\"url\":\"http://b:9100/metrics\","
                        + "\"state\":\"down\",\"error\":\"server returned HTTP status 500\",\"labels\":{\"job\":\"node\"},"
                        + "\"discoveredLabels\":{\"__address__\":\"http://b:9100/metrics\"},"
                        + "\"lastScrape\":\"2026-11-27T10:00:00Z\",\"lastDurationSeconds\":0.012,\"lastAmount\":42,"
                        + "\"nextScrape\":\"2026-11-27T10:01:00Z\"}]}");
    }

    @Test
    void filtersNarrowTogether() {
        assertThat(answer("job=node")).startsWith("{\"matching\":3,");
        assertThat(answer("job=node&state=up")).startsWith("{\"matching\":1,").contains("http://a:9100");
        assertThat(answer("receiver=pprof")).startsWith("{\"matching\":0,");
        assertThat(answer("state=dropped")).startsWith("{\"matching\":1,").contains("no __address__");
        assertThatThrownBy(() -> answer("state=broken"))
                .hasMessage("state: broken (expected: up, down, pending, elsewhere, unowned or dropped)");
    }

    @Test
    void pagesFollowEachOtherWithoutGapsOrRepetition() {
        StringBuilder urls = new StringBuilder();
        String token = "";
        for (int page = 0; page < 4; page++) {
            String answer = answer("pageSize=1&pageToken=" + token);
            urls.append(answer.replaceFirst("(?s).*\"url\":\"([^\"]*)\".*", "$1"))
                    .append(' ');
            token = answer.contains("nextPageToken")
                    ? answer.replaceFirst("(?s).*\"nextPageToken\":\"([^\"]*)\".*", "$1")
                    : "";
        }
        assertThat(urls.toString().strip())
                .isEqualTo("http://a:9100/metrics http://b:9100/metrics http://a:9121/metrics");
        assertThat(token).isEmpty();
        assertThatThrownBy(() -> answer("pageToken=ff")).hasMessageContaining("begin anew");
        assertThatThrownBy(() -> answer("pageSize=0")).hasMessage("pageSize: 0 (expected: 1..1000)");
    }

    private record Receivers(TargetSource source) implements Insight {
        @Override
        public Map<ComponentId, ProfileSource> profileSources() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<ComponentId, TargetSource> targetSources() {
            return Map.of(ComponentId.of("prometheus"), source);
        }

        @Override
        public Optional<ClusterMember.Status> clusterStatus() {
            return Optional.empty();
        }

        @Override
        public Optional<PipelineConfig> runningConfig() {
            return Optional.empty();
        }

        @Override
        public ComponentHealth healthTree() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FlowSnapshot flowSnapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteBudget budget() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<ComponentId, Map<String, String>> endpoints() {
            return Map.of();
        }

        @Override
        public MetricsWriter metrics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<EdgeWatch> watch(PipelineId pipeline, String from, String to, EdgeWatcher watcher) {
            return Optional.empty();
        }
    }
}

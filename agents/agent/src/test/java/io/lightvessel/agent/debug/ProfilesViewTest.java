package io.lightvessel.agent.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.ComponentId;
import io.lightvessel.pipeline.FlameGraph;
import io.lightvessel.pipeline.ProfileQuery;
import io.lightvessel.pipeline.ProfileSnapshot;
import io.lightvessel.pipeline.ProfileSource;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfilesViewTest {
    private static final Instant TEN = Instant.parse("2026-11-27T10:00:00Z");

    private final List<ProfileQuery> asked = new ArrayList<>();

    private static ProfilesView view(Map<ComponentId, ProfileSource> sources) {
        return new ProfilesView((Insight) Proxy.newProxyInstance(
                Insight.class.getClassLoader(), new Class<?>[] {Insight.class}, (_, method, _) -> {
                    assertThat(method.getName()).isEqualTo("profileSources");
                    return sources;
                }));
    }

    private String answer(String query) {
        ProfileSource source = wanted -> {
            asked.add(wanted);
            return new ProfileSnapshot(
                    TEN,
                    TEN.plusSeconds(15),
                    3,
                    List.of(new ProfileSnapshot.ProcessShare(
                            "7-1", Map.of("service_name", "shop", "pid", "7"), 30_000_000)),
                    new FlameGraph(
                            List.of(
                                    new FlameGraph.Node("all", 0, 30, 0),
                                    new FlameGraph.Node("main", 1, 30, 10),
                                    new FlameGraph.Node("main", 2, 20, 20)),
                            2),
                    List.of("some names are hidden"));
        };
        return view(Map.of(ComponentId.parse("ebpf"), source)).answer(new Query(query));
    }

    @Test
    void graphIsWrittenWithEachNameOnce() {
        assertThat(answer("service=shop&process=7-1&minutes=2"))
                .isEqualTo("{\"profiles\":true,\"problems\":[\"ebpf: some names are hidden\"],"
                        + "\"from\":\"2026-11-27T10:00:00Z\",\"to\":\"2026-11-27T10:00:15Z\",\"samples\":3,\"left\":2,"
                        + "\"processes\":[{\"key\":\"7-1\",\"cpuSeconds\":0.03,"
                        + "\"labels\":{\"pid\":\"7\",\"service_name\":\"shop\"}}],"
                        + "\"nodes\":[[0,0,30,0],[1,1,30,10],[1,2,20,20]],\"names\":[\"all\",\"main\"]}");
        assertThat(asked.getFirst().service()).isEqualTo("shop");
        assertThat(asked.getFirst().process()).isEqualTo("7-1");
        assertThat(asked.getFirst().last()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void agentWithoutAProfilerSaysSo() {
        assertThat(view(Map.of()).answer(new Query(""))).isEqualTo("{\"profiles\":false,\"problems\":[]}");
    }

    @Test
    void minutesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> answer("minutes=0")).hasMessage("minutes: 0 (expected: 1..60)");
        assertThatThrownBy(() -> answer("minutes=soon")).hasMessage("minutes: soon (expected: 1..60)");
    }
}

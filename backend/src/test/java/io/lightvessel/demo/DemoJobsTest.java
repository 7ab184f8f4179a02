package io.lightvessel.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.stack.StaticJob;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoJobsTest {

    @Test
    void oneSettingNamesAllJobs() {
        assertThat(DemoJobs.parse("agents=127.0.0.1:8888, 127.0.0.1:8889;prometheus=127.0.0.1:9090;"))
                .isEqualTo(Map.of(
                        "agents",
                        List.of("127.0.0.1:8888", "127.0.0.1:8889"),
                        "prometheus",
                        List.of("127.0.0.1:9090")));
        assertThat(DemoJobs.parse("")).isEmpty();
        assertThatThrownBy(() -> DemoJobs.parse("127.0.0.1:9090"))
                .hasMessage("job: 127.0.0.1:9090 (expected: name=host:port,host:port)");
    }

    @Test
    void whatPeopleChangedStays() {
        StaticJob agents = new StaticJob("agents", List.of("old:1"), "/stats", true);
        StaticJob own = new StaticJob("own", List.of("mine:1"), null, false);
        Map<String, List<String>> wanted = Map.of("agents", List.of("new:1"), "removed", List.of("gone:1"));

        assertThat(DemoJobs.merge(List.of(agents, own), wanted, false))
                .containsExactly(new StaticJob("agents", List.of("new:1"), "/stats", true), own);
        assertThat(DemoJobs.merge(List.of(), Map.of("agents", List.of("new:1")), true))
                .containsExactly(new StaticJob("agents", List.of("new:1"), null, false));
    }
}

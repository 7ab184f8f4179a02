package io.lightvessel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.pipeline.FlameGraph;
import io.lightvessel.pipeline.ProfileQuery;
import io.lightvessel.pipeline.ProfileSnapshot;
import io.lightvessel.pipeline.ProfileSource;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import io.lightvessel.wire.profiles.ProfilesQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfilesMapperTest {
    private static final Instant TEN = Instant.parse("2026-11-27T10:00:00Z");

    private final List<ProfileQuery> asked = new ArrayList<>();
    private final ProfileSource source = query -> {
        asked.add(query);
        return new ProfileSnapshot(
                TEN,
                TEN.plusSeconds(60),
                4,
                List.of(new ProfileSnapshot.ProcessShare("7-1", Map.of("service_name", "shop"), 40)),
                new FlameGraph(
                        List.of(
                                new FlameGraph.Node("all", 0, 40, 0),
                                new FlameGraph.Node("main", 1, 40, 10),
                                new FlameGraph.Node("main", 2, 30, 30)),
                        5),
                List.of("kernel functions have no names"));
    };

    @Test
    void graphTravelsInColumnsWithEachNameOnce() {
        ProfilesAnswer answer = ProfilesMapper.answer(
                ProfilesQuery.newBuilder()
                        .setQueryId("q")
                        .setService("shop")
                        .setProcess("7-1")
                        .setLastSeconds(60)
                        .setMostNodes(100)
                        .build(),
                Map.of(ComponentId.parse("ebpf"), source));

        assertThat(asked).containsExactly(new ProfileQuery("shop", "7-1", Duration.ofMinutes(1), 100));
        assertThat(answer.getQueryId()).isEqualTo("q");
        assertThat(answer.getProfiles()).isTrue();
        assertThat(answer.getNamesList()).containsExactly("all", "main");
        assertThat(answer.getNodes().getNameList()).containsExactly(0, 1, 1);
        assertThat(answer.getNodes().getDepthList()).containsExactly(0, 1, 2);
        assertThat(answer.getNodes().getTotalNanoList()).containsExactly(40L, 40L, 30L);
        assertThat(answer.getNodes().getSelfNanoList()).containsExactly(0L, 10L, 30L);
        assertThat(answer.getSamples()).isEqualTo(4);
        assertThat(answer.getLeft()).isEqualTo(5);
        assertThat(answer.getProcesses(0).getLabelsMap()).containsEntry("service_name", "shop");
        assertThat(answer.getProblemsList()).containsExactly("ebpf: kernel functions have no names");
        assertThat(answer.getFromUnixNano()).isEqualTo(TEN.getEpochSecond() * 1_000_000_000);
    }

    @Test
    void questionIsBoundedWhateverIsAsked() {
        ProfilesMapper.answer(
                ProfilesQuery.newBuilder().setLastSeconds(-1).setMostNodes(-1).build(),
                Map.of(ComponentId.parse("ebpf"), source));

        assertThat(asked.getFirst().last()).isBetween(Duration.ofSeconds(1), Duration.ofHours(1));
        assertThat(asked.getFirst().mostNodes()).isBetween(1, 5000);
    }

    @Test
    void agentWithoutAProfilerSaysSo() {
        ProfilesAnswer answer = ProfilesMapper.answer(ProfilesQuery.getDefaultInstance(), Map.of());

        assertThat(answer.getProfiles()).isFalse();
        assertThat(answer.hasNodes()).isFalse();
    }
}

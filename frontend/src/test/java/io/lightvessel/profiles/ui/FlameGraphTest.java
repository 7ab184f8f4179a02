package io.lightvessel.profiles.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.profiles.ProfileAnswers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FlameGraphTest {

    @Test
    void graphIsHandedOverWithEachNameOnce() {
        FlameGraph graph = new FlameGraph();

        graph.set(new ProfileAnswers(
                null,
                null,
                3,
                List.of(),
                List.of(
                        new ProfileAnswers.Node("all", 0, 30, 0),
                        new ProfileAnswers.Node("<main>\"", 1, 30, 10),
                        new ProfileAnswers.Node("<main>\"", 2, 20, 20)),
                7,
                List.of()));

        JsonNode json = JsonMapper.shared().readTree(graph.getElement().getAttribute("graph"));
        assertThat(json.path("names").toString()).isEqualTo("[\"all\",\"<main>\\\"\"]");
        assertThat(json.path("nodes").toString()).isEqualTo("[[0,0,30,0],[1,1,30,10],[1,2,20,20]]");
        assertThat(json.path("left").asInt()).isEqualTo(7);
    }
}

package io.lightvessel.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void detailAndCodeMakeTheSentence() {
        assertThat(Problem.parse(
                                "{\"title\":\"T\",\"status\":401,\"x\":{\"code\":\"no\"},\"detail\":\"D.\",\"code\":\"c\"}")
                        .sentence())
                .isEqualTo("D. [c]");
        assertThat(Problem.parse("{\"title\":\"T\"}").sentence()).isEqualTo("T");
    }

    @Test
    void whatIsNoProblemGivesNoReason() {
        for (String body : new String[] {null, "", "<html>", "{", "[]", "{}", "{\"detail\":7}"}) {
            assertThat(Problem.parse(body).sentence()).isEqualTo("no reason given");
        }
    }

    @Test
    void aTruncatedBodyStillTellsWhatCouldBeRead() {
        assertThat(Problem.parse("{\"detail\":\"D.\",\"code\":\"c").sentence()).isEqualTo("D.");
    }

    @Test
    void longReasonsAreCut() {
        assertThat(Problem.parse("{\"detail\":\"" + "x".repeat(10_000) + "\"}").sentence())
                .hasSize(503);
    }
}

package io.lightvessel.gateway.scrape.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TokenAnswerFuzzTest {
    @Test
    void answersOfTokenServers() {
        Fuzz.run(
                "token-answer",
                5000,
                input -> {
                    TokenAnswer answer = TokenAnswer.of(input);
                    assertThat(answer.header()).matches("[!-~]+ [!-~]+");
                    assertThat(answer.seconds()).isNotNegative();
                    return answer.seconds() % 4;
                },
                IOException.class);
    }
}

package io.lightvessel.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What stands in answers of whoever sits at the control plane's address. */
class AnswerFuzzTest {
    /** What cannot be read is as if it were not there. */
    private static final class Nothing extends Exception {}

    @Test
    void problems() {
        Fuzz.run(
                "problem",
                5000,
                input -> {
                    Problem problem = Problem.parse(new String(input, UTF_8));
                    if (problem.title() == null && problem.detail() == null) {
                        throw new Nothing();
                    }
                    assertThat(problem.sentence()).hasSizeLessThan(1100);
                    return problem.code() == null;
                },
                Nothing.class);
    }

    @Test
    void timesToComeAgain() {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        Fuzz.run(
                "retry-after",
                5000,
                input -> {
                    Duration wait = RetryAfter.parse(new String(input, UTF_8), now);
                    if (wait == null) {
                        throw new Nothing();
                    }
                    assertThat(wait).isBetween(Duration.ZERO, Duration.ofHours(1));
                    return wait.isZero();
                },
                Nothing.class);
    }
}

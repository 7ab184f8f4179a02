package io.lightvessel.pipeline.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceStateFuzzTest {
    /** No tracestate. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What is read says the same when it is written and read again. */
    @Test
    void tracestates() {
        Fuzz.run(
                "tracestate",
                5000,
                input -> {
                    TraceState state = new TraceState();
                    if (!state.read(new String(input, StandardCharsets.UTF_8))) {
                        throw new Malformed();
                    }
                    assertThat(state.threshold()).isBetween(-1L, Threshold.NEVER - 1);
                    assertThat(state.randomness()).isBetween(-1L, Threshold.NEVER - 1);
                    String written = state.toString();
                    TraceState again = new TraceState();
                    assertThat(again.read(written)).as(written).isTrue();
                    assertThat(again.threshold()).isEqualTo(state.threshold());
                    assertThat(again.randomness()).isEqualTo(state.randomness());
                    return List.of(state.threshold() >= 0, state.randomness() >= 0);
                },
                Malformed.class);
    }
}

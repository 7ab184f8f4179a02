package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.pipeline.MalformedPayload;
import org.junit.jupiter.api.Test;

class ResponseFuzzTest {
    @Test
    void responsesOfBackends() {
        Fuzz.run(
                "response",
                5000,
                input -> {
                    PartialSuccess partial = PartialSuccess.of(input);
                    assertThat(partial.rejected()).isNotNegative();
                    return partial.message().length();
                },
                MalformedPayload.class);
    }
}

package io.lightvessel.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class RetryInfoFuzzTest {
    /** No delay to be had. */
    private static final class NoDelay extends Exception {}

    @Test
    void detailsOfStatuses() {
        Fuzz.run(
                "status-details",
                5000,
                input -> {
                    Duration delay = RetryInfo.delay(Base64.getEncoder().encodeToString(input));
                    // The same bytes as a header that is not even Base64, and as other headers.
                    String text = new String(input, StandardCharsets.ISO_8859_1);
                    RetryInfo.delay(text);
                    GrpcMessages.decode(text);
                    GrpcMessages.timeout(text);
                    if (delay == null) {
                        throw new NoDelay();
                    }
                    assertThat(delay).isBetween(Duration.ZERO, Duration.ofDays(2));
                    return delay;
                },
                NoDelay.class);
    }
}

package io.lightvessel.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    /** Always the upper bound. */
    private static final RandomGenerator HIGHEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private final Duration base = Duration.ofMillis(500);
    private final Duration cap = Duration.ofSeconds(30);

    @Test
    void boundsDoubleUpToTheCapAndStartAnewAfterReset() {
        Backoff backoff = new Backoff(base, cap, HIGHEST);
        assertThat(Stream.generate(backoff::next).limit(9).map(Duration::toMillis))
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L, 30000L);
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next()).isEqualTo(cap);
        }
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(base);
    }

    @Test
    void delaysAreSpreadOverTheWholeRange() {
        Backoff backoff = new Backoff(cap, cap, new Random(5));
        long low = 0;
        for (int i = 0; i < 1000; i++) {
            Duration delay = backoff.next();
            assertThat(delay).isBetween(Duration.ZERO, cap);
            low += delay.compareTo(cap.dividedBy(2)) < 0 ? 1 : 0;
        }
        assertThat(low).isBetween(400L, 600L);
    }

    @Test
    void retryAfterIsReadInBothForms() {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(RetryAfter.parse("120", now)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("Mon, 23 Nov 2026 12:05:00 GMT", now)).isEqualTo(Duration.ofMinutes(5));
        assertThat(RetryAfter.parse("Mon, 23 Nov 2026 11:00:00 GMT", now)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.parse("999999999", now)).isEqualTo(Duration.ofHours(1));
        assertThat(RetryAfter.parse("soon", now)).isNull();
        assertThat(RetryAfter.parse("-5", now)).isNull();
        assertThat(RetryAfter.parse(null, now)).isNull();
    }
}

package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @Test
    void readsWhatGoReads() {
        assertThat(GoDuration.parse("200ms")).contains(Duration.ofMillis(200));
        assertThat(GoDuration.parse("1h2m3.5s")).contains(Duration.ofMillis(3_723_500));
        assertThat(GoDuration.parse("1.5h")).contains(Duration.ofMinutes(90));
        assertThat(GoDuration.parse(".5s")).contains(Duration.ofMillis(500));
        assertThat(GoDuration.parse("3us")).contains(Duration.ofNanos(3000));
        assertThat(GoDuration.parse("-2s")).contains(Duration.ofSeconds(-2));
        assertThat(GoDuration.parse("0")).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "1 s", "1d", "1s2", "5S", "9999999999h", "1..5s", "--1s"})
    void refusesWhatGoRefuses(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "15ns", "1.5us", "200ms", "5s", "1m", "1m30s", "2h", "1h0.25s"})
    void writesWhatItReads(String text) {
        assertThat(GoDuration.parse(text).map(GoDuration::format)).contains(text);
    }
}

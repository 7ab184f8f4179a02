package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusUnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0s",
        "324ms, 324, 324ms",
        "3s, 3000, 3s",
        "5m, 300000, 5m",
        "1h, 3600000, 1h",
        "4d, 345600000, 4d",
        "4d1h, 349200000, 4d1h",
        "14d, 1209600000, 2w",
        "3w2d1h, 1990800000, 23d1h",
        "10y, 315360000000, 10y",
        "1m30s, 90000, 1m30s",
        "90s, 90000, 1m30s"
    })
    void durationsAreReadAndWrittenAsByPrometheus(String text, long millis, String written) {
        assertThat(PromDuration.parse(text)).contains(Duration.ofMillis(millis));
        assertThat(PromDuration.format(Duration.ofMillis(millis))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.5s", "-1s", "1s1m", "1m 30s", "s", "294y", "1us", "99999999999y", "1S"})
    void otherTextsAreNoDurations(String text) {
        assertThat(PromDuration.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1B, 1",
        "2KB, 2048",
        "2KiB, 2048",
        "1.5MB, 1572864",
        "1GB512MB, 1610612736",
        "7EB, 8070450532247928832"
    })
    void sizesAreReadAsByPrometheus(String text, long bytes) {
        assertThat(ByteSize.parse(text)).contains(bytes);
    }

    @Test
    void otherTextsAreNoSizes() {
        for (String text : new String[] {"", "1", "MB", "1 MB", "-1MB", "1mb", "8EB", "1iB", "1MBx"}) {
            assertThat(ByteSize.parse(text)).as(text).isEmpty();
        }
    }
}

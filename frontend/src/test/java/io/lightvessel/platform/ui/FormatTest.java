package io.lightvessel.platform.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FormatTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void numbersCarryThreeDigitsAtMost() {
        assertThat(Format.number(0)).isEqualTo("0");
        assertThat(Format.number(0.4)).isEqualTo("0.4");
        assertThat(Format.number(7.256)).isEqualTo("7.26");
        assertThat(Format.number(12.34)).isEqualTo("12.3");
        assertThat(Format.number(999.4)).isEqualTo("999");
        assertThat(Format.number(1234)).isEqualTo("1.23 k");
        assertThat(Format.number(56_789)).isEqualTo("56.8 k");
        assertThat(Format.number(4_200_000)).isEqualTo("4.2 M");
        assertThat(Format.number(7_000_000_000.0)).isEqualTo("7 G");
    }

    @Test
    void numbersNeverReachAThousandOfTheirUnit() {
        assertThat(Format.number(999.6)).isEqualTo("1 k");
        assertThat(Format.number(999_600)).isEqualTo("1 M");
        assertThat(Format.number(999_600_000)).isEqualTo("1 G");
    }

    @Test
    void wholeHundredsKeepTheirZeros() {
        assertThat(Format.number(100)).isEqualTo("100");
        assertThat(Format.number(10)).isEqualTo("10");
        assertThat(Format.number(200_000)).isEqualTo("200 k");
    }

    @Test
    void bytesAreWordedInPowersOfAThousand() {
        assertThat(Format.bytes(512)).isEqualTo("512 B");
        assertThat(Format.byteRate(34_567)).isEqualTo("34.6 kB/s");
        assertThat(Format.byteRate(0)).isEqualTo("0 B/s");
    }

    @Test
    void countsAgreeWithTheirNoun() {
        assertThat(Format.count(1, "agent", "agents")).isEqualTo("1 agent");
        assertThat(Format.count(0, "agent", "agents")).isEqualTo("0 agents");
        assertThat(Format.count(12_345, "agent", "agents")).isEqualTo("12,345 agents");
    }

    @Test
    void distancesInTimeAreRounded() {
        assertThat(Format.relative(NOW.minusMillis(1200), NOW)).isEqualTo("just now");
        assertThat(Format.relative(NOW.minusSeconds(12), NOW)).isEqualTo("12 s ago");
        assertThat(Format.relative(NOW.minusSeconds(3599), NOW)).isEqualTo("59 min ago");
        assertThat(Format.relative(NOW.minusSeconds(7200), NOW)).isEqualTo("2 h ago");
        assertThat(Format.relative(NOW.plusSeconds(3 * 86_400), NOW)).isEqualTo("in 3 d");
    }
}

package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.ManualTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PartingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTimer timer = new ManualTimer();
    private final Parting parting = new Parting(timer);

    @Test
    void nobodyWaitsLongerThanTheNextOwnerHasTimeFor() {
        assertThat(parting.patience(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(parting.patience(MINUTE)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whileTheBackendTakesNothingNobodyWaitsForLong() {
        parting.ended(false, Duration.ofSeconds(5));
        assertThat(parting.patience(MINUTE)).isEqualTo(Duration.ofMillis(200));
        assertThat(parting.patience(Duration.ofMillis(50))).isEqualTo(Duration.ofMillis(50));
        timer.advance(Duration.ofSeconds(30));
        assertThat(parting.patience(MINUTE)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aBackendThatTakesSomethingIsHopedInAgain() {
        parting.ended(false, Duration.ofSeconds(5));
        parting.ended(true, Duration.ofMillis(200));
        assertThat(parting.patience(MINUTE)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aShortWaitInVainSaysNothing() {
        parting.ended(false, Duration.ofMillis(100));
        assertThat(parting.patience(MINUTE)).isEqualTo(Duration.ofSeconds(5));
    }
}

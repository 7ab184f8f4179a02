package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogThrottleTest {

    @Test
    void letsOneThroughEveryTenSeconds() {
        ManualTimer timer = new ManualTimer();
        LogThrottle throttle = new LogThrottle(timer);
        assertThat(throttle.mayLog()).isTrue();
        assertThat(throttle.mayLog()).isFalse();
        timer.advance(Duration.ofSeconds(10));
        assertThat(throttle.mayLog()).isTrue();
        assertThat(throttle.mayLog()).isFalse();
    }
}

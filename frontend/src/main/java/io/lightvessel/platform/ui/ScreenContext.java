package io.lightvessel.platform.ui;

import java.time.Clock;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** What every screen needs besides its own services. */
@Component
public record ScreenContext(SignedIn signedIn, LiveUpdates live, Clock clock) {

    String now() {
        return LocalTime.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

package io.lightvessel.gateway.scrape;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a target's last scrape went.
 *
 * @param began null before the first one
 * @param error empty when it succeeded
 * @param samples of the last one that succeeded
 */
record LastScrape(@Nullable Instant began, Duration took, long samples, String error) {
    static final LastScrape NONE = new LastScrape(null, Duration.ZERO, 0, "");
}

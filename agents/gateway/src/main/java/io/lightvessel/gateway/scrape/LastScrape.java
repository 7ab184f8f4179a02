package io.lightvessel.gateway.scrape;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a target's last scrape went.
 *
 * @param began null before the first one
 * @param amount of the last one that succeeded: samples, or a profile's bytes
 * @param error empty when it succeeded
 */
public record LastScrape(@Nullable Instant began, Duration took, long amount, String error) {
    public static final LastScrape NONE = new LastScrape(null, Duration.ZERO, 0, "");
}

package io.lightvessel.pipeline;

import io.lightvessel.config.Settings;
import java.time.Duration;

/**
 * How an exporter retries.
 *
 * @param maxElapsed give up after this long; zero never gives up
 */
record RetrySettings(
        boolean enabled,
        Duration initialInterval,
        double randomizationFactor,
        double multiplier,
        Duration maxInterval,
        Duration maxElapsed) {

    private static final RetrySettings NONE =
            new RetrySettings(false, Duration.ZERO, 0, 1, Duration.ZERO, Duration.ZERO);

    static RetrySettings of(Settings exporter) {
        if (!exporter.has("retry_on_failure")) {
            return NONE;
        }
        Settings retry = exporter.section("retry_on_failure");
        return new RetrySettings(
                retry.flag("enabled"),
                retry.duration("initial_interval"),
                retry.decimal("randomization_factor"),
                retry.decimal("multiplier"),
                retry.duration("max_interval"),
                // What a write-ahead log keeps is worth waiting for.
                exporter.has("wal") ? Duration.ZERO : retry.duration("max_elapsed_time"));
    }

    /** The interval before the given retry, counted from 0, without its spread. */
    Duration interval(int retry) {
        double nanos = initialInterval.toNanos() * Math.pow(multiplier, Math.min(retry, 1000));
        return Duration.ofNanos((long) Math.min(nanos, maxInterval.toNanos()));
    }

    /** The wait before the given retry, spread around its interval by a random number from 0 to 1. */
    Duration delay(int retry, double random) {
        double factor = 1 - randomizationFactor + 2 * randomizationFactor * random;
        return Duration.ofNanos((long) (interval(retry).toNanos() * factor));
    }
}

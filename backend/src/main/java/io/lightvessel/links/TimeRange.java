package io.lightvessel.links;

import java.time.Instant;

/** The time range a link opens with, in Grafana's notation. */
public record TimeRange(String from, String to) {
    public static final TimeRange LAST_HOUR = new TimeRange("now-1h", "now");

    public static TimeRange between(Instant from, Instant to) {
        return new TimeRange(Long.toString(from.toEpochMilli()), Long.toString(to.toEpochMilli()));
    }
}

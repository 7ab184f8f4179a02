package io.lightvessel.access;

import io.lightvessel.tenancy.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Counts the API requests of each tenant against its rate: a bucket that holds a minute's worth and fills evenly. Each control
 * plane counts for itself.
 */
@Component
public class RequestRate {
    private static final double MINUTE = Duration.ofMinutes(1).toMillis();

    private final Clock clock;
    private final Map<TenantId, Bucket> buckets = new ConcurrentHashMap<>();

    RequestRate(Clock clock) {
        this.clock = clock;
    }

    private record Bucket(double left, Instant at, boolean granted) {}

    /** Nothing when the request may pass, or how long to wait until one may. */
    public Duration take(TenantId tenant, int perMinute) {
        Instant now = clock.instant();
        Bucket after = buckets.compute(tenant, (id, before) -> {
            double left = before == null
                    ? perMinute
                    : Math.min(
                            perMinute,
                            before.left()
                                    + Math.max(
                                                    0,
                                                    Duration.between(before.at(), now)
                                                            .toMillis())
                                            * perMinute
                                            / MINUTE);
            return left >= 1 ? new Bucket(left - 1, now, true) : new Bucket(left, now, false);
        });
        return after.granted()
                ? Duration.ZERO
                : Duration.ofMillis((long) Math.ceil((1 - after.left()) * MINUTE / perMinute));
    }
}

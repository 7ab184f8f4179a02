package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.tenancy.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestRateTest {
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private Instant now = Instant.parse("2026-11-27T12:00:00Z");
    private final RequestRate rate = new RequestRate(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void aMinutesWorthPassesAtOnceAndThenEvenly() {
        for (int i = 0; i < 60; i++) {
            assertThat(rate.take(tenant, 60)).isZero();
        }
        assertThat(rate.take(tenant, 60)).isEqualTo(Duration.ofSeconds(1));
        now = now.plusMillis(400);
        assertThat(rate.take(tenant, 60)).isEqualTo(Duration.ofMillis(600));
        now = now.plusMillis(600);
        assertThat(rate.take(tenant, 60)).isZero();
        assertThat(rate.take(tenant, 60)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void oneTenantDoesNotUseUpAnothers() {
        rate.take(tenant, 1);
        assertThat(rate.take(tenant, 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(rate.take(new TenantId(UUID.randomUUID()), 1)).isZero();
    }

    @Test
    void idleHoursSaveUpNoMoreThanAMinute() {
        rate.take(tenant, 2);
        now = now.plus(Duration.ofHours(5));
        assertThat(rate.take(tenant, 2)).isZero();
        assertThat(rate.take(tenant, 2)).isZero();
        assertThat(rate.take(tenant, 2)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aClockThatGoesBackTakesNothingAway() {
        rate.take(tenant, 2);
        now = now.minusSeconds(3600);
        assertThat(rate.take(tenant, 2)).isZero();
    }
}

package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.Handover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void slotsFollowFromTheTargetAndTheSeedAlone() {
        Slots slots = Slots.of(Duration.ofSeconds(60), 0xFEDC_BA98_7654_3210L, 42);
        assertThat(slots).isEqualTo(Slots.of(Duration.ofSeconds(60), 0xFEDC_BA98_7654_3210L, 42));
        assertThat(slots.offset()).isBetween(0L, 60 * SECOND - 1);
        assertThat(Slots.of(Duration.ofSeconds(60), 0xFEDC_BA98_7654_3210L, 43).offset())
                .isNotEqualTo(slots.offset());
    }

    @Test
    void theNextSlotIsAfterTheMomentAndAnIntervalAfterTheLast() {
        Slots slots = new Slots(10 * SECOND, 3 * SECOND);
        assertThat(slots.after(0)).isEqualTo(3 * SECOND);
        assertThat(slots.after(3 * SECOND)).isEqualTo(13 * SECOND);
        assertThat(slots.after(3 * SECOND - 1)).isEqualTo(3 * SECOND);
        assertThat(slots.after(-8 * SECOND)).isEqualTo(-7 * SECOND);
    }

    @Test
    void aSlotThatCameDuringAHandOverIsMadeUpFor() {
        Slots slots = new Slots(10 * SECOND, 3 * SECOND);
        // The former owner had the slot of this moment.
        assertThat(slots.afterHandover(3 * SECOND, 4 * SECOND)).isEqualTo(13 * SECOND);
        // It did not.
        assertThat(slots.afterHandover(3 * SECOND, 13 * SECOND)).isEqualTo(13 * SECOND);
        assertThat(slots.afterHandover(3 * SECOND, 14 * SECOND)).isEqualTo(13 * SECOND);
        assertThat(slots.afterHandover(3 * SECOND, 22 * SECOND)).isEqualTo(13 * SECOND);
        // The next one is too near, or there was more than one.
        assertThat(slots.afterHandover(3 * SECOND, 22 * SECOND + 1)).isEqualTo(23 * SECOND);
        assertThat(slots.afterHandover(3 * SECOND, 54 * SECOND)).isEqualTo(53 * SECOND);
    }

    @Test
    void aHandOverMayTakeUntilTheNextSlotCanStillBeMadeUpFor() {
        Slots slots = new Slots(10 * SECOND, 3 * SECOND);
        for (long now : List.of(3 * SECOND, 12 * SECOND, 13 * SECOND, 20 * SECOND)) {
            assertThat(slots.latestHandover(3 * SECOND, now)).isEqualTo(21 * SECOND);
            assertThat(slots.afterHandover(3 * SECOND, 21 * SECOND)).isEqualTo(13 * SECOND);
        }
        // That one is as good as over, or there was none here yet.
        assertThat(slots.latestHandover(3 * SECOND, 22 * SECOND)).isEqualTo(31 * SECOND);
        assertThat(slots.latestHandover(Long.MIN_VALUE, 4 * SECOND)).isEqualTo(11 * SECOND);
    }

    @Test
    void afterAHandOverThatIsOutdatedTheNextSlotIsTheFirst() {
        Slots slots = new Slots(10 * SECOND, 3 * SECOND);
        long unknown =
                Slots.nanos(new Handover(Instant.EPOCH, new byte[0]).outdated().lastSlot());
        assertThat(slots.afterHandover(unknown, 13 * SECOND)).isEqualTo(23 * SECOND);
        assertThat(slots.afterHandover(unknown, 22 * SECOND)).isEqualTo(23 * SECOND);
    }

    @Test
    void aFormerOwnerWhoseClockIsAheadIsBelievedWithinReason() {
        Slots slots = new Slots(10 * SECOND, 3 * SECOND);
        assertThat(slots.afterHandover(13 * SECOND, 12 * SECOND)).isEqualTo(23 * SECOND);
        assertThat(slots.afterHandover(53 * SECOND, 12 * SECOND)).isEqualTo(13 * SECOND);
    }

    @Test
    void aScrapeThatIsAlmostOnTimeGetsTheTimeOfItsSlot() {
        Slots slow = new Slots(60 * SECOND, 0);
        long slot = Slots.nanos(Instant.parse("2026-11-27T10:00:00Z"));
        long millis = slot / 1_000_000;
        assertThat(slow.timestamp(slot, slot + 1_999_999)).isEqualTo(millis);
        assertThat(slow.timestamp(slot, slot - 500_000)).isEqualTo(millis);
        assertThat(slow.timestamp(slot, slot + 3_000_000)).isEqualTo(millis + 3);
        Slots fast = new Slots(SECOND / 10, 0);
        assertThat(fast.timestamp(slot, slot + 1_000_000)).isEqualTo(millis);
        assertThat(fast.timestamp(slot, slot + 1_100_000)).isEqualTo(millis + 1);
    }
}

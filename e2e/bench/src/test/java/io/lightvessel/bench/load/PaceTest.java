package io.lightvessel.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void aClosedLoopIsAlwaysDueAndAPausedOneNever() {
        Pace pace = new Pace();
        assertThat(pace.take(0, 5)).isEqualTo(Pace.NOT_DUE);
        pace.closedLoop();
        assertThat(pace.take(0, 5)).isEqualTo(5);
        pace.pause();
        assertThat(pace.take(0, 6)).isEqualTo(Pace.NOT_DUE);
    }

    @Test
    void anOpenLoopCountsDelaysFromWhenARequestWasDue() {
        Pace pace = new Pace();
        pace.openLoop(10, true, 0);
        assertThat(pace.take(0, 0)).isZero();
        assertThat(pace.take(0, SECOND / 20)).isEqualTo(Pace.NOT_DUE);
        assertThat(pace.take(0, SECOND / 2)).isEqualTo(SECOND / 10);
        assertThat(pace.skipped()).isZero();
    }

    @Test
    void whatNobodyCouldSendInTimeIsSkippedAndCounted() {
        Pace pace = new Pace();
        pace.openLoop(10, false, 0);
        assertThat(pace.take(0, 2 * SECOND)).isBetween(SECOND * 19 / 10, SECOND * 2);
        assertThat(pace.skipped()).isEqualTo(19);
        assertThat(pace.take(0, 2 * SECOND)).isEqualTo(2 * SECOND);
        assertThat(pace.take(0, 2 * SECOND)).isEqualTo(Pace.NOT_DUE);
    }

    @Test
    void onlyTheFirstConnectionsStartRequestsWhereLimited() {
        Pace pace = new Pace();
        pace.closedLoop();
        pace.limit(2);
        assertThat(pace.take(1, 5)).isEqualTo(5);
        assertThat(pace.isDue(1, 5)).isTrue();
        assertThat(pace.take(2, 5)).isEqualTo(Pace.NOT_DUE);
        assertThat(pace.isDue(2, 5)).isFalse();
    }
}

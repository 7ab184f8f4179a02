package io.lightvessel.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadAheadTest {

    private static final long LEAST = ReadAhead.LEAST;
    private static final long CAPACITY = LEAST * 10;

    private final Processor processor = new Processor();
    private final ReadAhead ahead = new ReadAhead(processor.share());

    @Test
    void growsUpToHalfOfTheBudgetWhileTheProcessorHasTimeToSpare() {
        assertThat(ahead.bytes(CAPACITY)).isEqualTo(LEAST);
        adjust(false);
        assertThat(ahead.bytes(CAPACITY)).isEqualTo(2 * LEAST);
        adjust(false);
        assertThat(ahead.bytes(CAPACITY)).isEqualTo(4 * LEAST);
        adjust(false);
        adjust(false);
        assertThat(ahead.bytes(CAPACITY)).isEqualTo(5 * LEAST);
    }

    @Test
    void shrinksWhileTheProcessorIsBusyButNotBelowWhatKeepsItBusy() {
        adjust(false);
        adjust(false);
        adjust(true);
        assertThat(ahead.bytes(CAPACITY)).isEqualTo(3 * LEAST);
        for (int i = 0; i < 10; i++) {
            adjust(true);
        }
        assertThat(ahead.bytes(CAPACITY)).isEqualTo(LEAST);
    }

    @Test
    void takesNoMoreThanHalfOfASmallBudget() {
        assertThat(ahead.bytes(LEAST)).isEqualTo(LEAST / 2);
        adjust(false);
        assertThat(ahead.bytes(LEAST)).isEqualTo(LEAST / 2);
    }

    private void adjust(boolean busy) {
        processor.pass(busy);
        ahead.adjust(CAPACITY);
    }
}

package io.lightvessel.collector.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateBudgetTest {

    @Test
    void ratesStayWhileProfilingIsCheap() {
        RateBudget budget = new RateBudget(97, 0.01);
        for (int i = 0; i < 10; i++) {
            assertThat(budget.after(0.002)).isEqualTo(97);
        }
        assertThat(budget.message()).isEmpty();
    }

    /** A JVM that warms up, then one dear moment: neither says what the next interval will take. */
    @Test
    void oneDearIntervalChangesNothing() {
        RateBudget budget = new RateBudget(97, 0.01);
        assertThat(budget.after(0.30)).isEqualTo(97);
        assertThat(budget.after(0.002)).isEqualTo(97);
        assertThat(budget.after(0.05)).isEqualTo(97);
        assertThat(budget.after(0.002)).isEqualTo(97);
    }

    @Test
    void ratesFallToWhatTheBudgetAllowsAndSaySo() {
        RateBudget budget = new RateBudget(97, 0.01);
        budget.after(0.02);
        budget.after(0.02);
        assertThat(budget.after(0.02)).isEqualTo(48);
        assertThat(budget.message())
                .isEqualTo("sampling at 48 Hz instead of 97, to stay within 1.00 % of the node's CPU (last: 2.00 %)");
    }

    @Test
    void ratesNeverFallToNothing() {
        RateBudget budget = new RateBudget(97, 0.01);
        for (int i = 0; i < 20; i++) {
            budget.after(0.9);
        }
        assertThat(budget.rate()).isEqualTo(RateBudget.LOWEST);
        RateBudget slow = new RateBudget(2, 0.01);
        for (int i = 0; i < 20; i++) {
            slow.after(0.9);
        }
        assertThat(slow.rate()).isEqualTo(2);
    }

    @Test
    void ratesRiseAgainInSteps() {
        RateBudget budget = new RateBudget(97, 0.01);
        for (int i = 0; i < 3; i++) {
            budget.after(0.04);
        }
        assertThat(budget.rate()).isEqualTo(24);
        assertThat(budget.after(0.001)).isEqualTo(36);
        assertThat(budget.after(0.001)).isEqualTo(54);
        assertThat(budget.after(0.001)).isEqualTo(81);
        assertThat(budget.after(0.001)).isEqualTo(97);
        assertThat(budget.message()).isEmpty();
    }

    /** Up to the budget and no further, or it would swing. */
    @Test
    void ratesRiseNoFurtherThanThereIsRoom() {
        RateBudget budget = new RateBudget(97, 0.01);
        for (int i = 0; i < 3; i++) {
            budget.after(0.02);
        }
        assertThat(budget.after(0.0096)).isEqualTo(48);
        assertThat(budget.after(0.0096)).isEqualTo(48);
    }

    @Test
    void withoutBudgetNothingChanges() {
        RateBudget budget = new RateBudget(97, 0);
        for (int i = 0; i < 5; i++) {
            assertThat(budget.after(0.5)).isEqualTo(97);
        }
    }
}

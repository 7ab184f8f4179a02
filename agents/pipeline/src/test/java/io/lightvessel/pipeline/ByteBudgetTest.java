package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private final ByteBudget budget = new ByteBudget(100);

    @Test
    void givesNothingBeyondItsCapacity() {
        ByteBudget.Lease lease = budget.tryAcquire(60);
        assertThat(lease).isNotNull();
        assertThat(budget.tryAcquire(41)).isNull();
        assertThat(lease.tryGrow(41)).isFalse();
        assertThat(lease.tryGrow(40)).isTrue();
        assertThat(budget.used()).isEqualTo(100);
        lease.shrinkTo(10);
        assertThat(budget.used()).isEqualTo(10);
        lease.release();
        lease.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void hugeRequestsDoNotOverflow() {
        assertThat(budget.tryAcquire(Long.MAX_VALUE)).isNull();
        ByteBudget.Lease lease = budget.tryAcquire(1);
        assertThat(lease.tryGrow(Long.MAX_VALUE)).isFalse();
        lease.release();
    }

    @Test
    void aLowerCapacityLeavesWhatIsHeld() {
        ByteBudget.Lease lease = budget.tryAcquire(80);
        budget.changeCapacity(50);
        assertThat(budget.tryAcquire(1)).isNull();
        lease.release();
        assertThat(budget.tryAcquire(50)).isNotNull();
    }

    @Test
    void theRefusalSaysHowMuchIsInUse() {
        budget.tryAcquire(70);
        assertThat(budget.refusal().message())
                .isEqualTo("the agent's memory budget of 100 bytes is spent, 70 are in use");
        assertThat(budget.refusal().isRetryable()).isTrue();
        assertThat(budget.refusal().retryAfter()).isNotNull();
    }
}

package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void aSingleClientLeavesRoomForOneThatUsesLittle() {
        while (budget.tryAcquire(10, "hog") != null) {}
        assertThat(budget.used()).isEqualTo(80);
        assertThat(budget.tryAcquire(10, "modest")).isNotNull();
        assertThat(budget.tryAcquire(5, "hog")).isNull();
    }

    @Test
    void whatIsFreedGoesToThoseBelowTheirShare() {
        ByteBudget.Lease first = budget.tryAcquire(40, "hog");
        budget.tryAcquire(40, "hog");
        budget.tryAcquire(10, "modest");
        // Shares are 50 now.
        assertThat(budget.tryAcquire(10, "hog")).isNull();
        assertThat(budget.tryAcquire(10, "modest")).isNotNull();
        assertThat(budget.tryAcquire(1, "modest")).isNull();
        first.release();
        assertThat(budget.tryAcquire(10, "hog")).isNotNull();
    }

    @Test
    void theOnlyRequestOfAClientMayTakeAllThereIs() {
        ByteBudget.Lease large = budget.tryAcquire(80, "a");
        assertThat(large.tryGrow(20)).isTrue();
        large.release();
        budget.tryAcquire(70, "b");
        assertThat(budget.tryAcquire(30, "c")).isNotNull();
    }

    @Test
    void splitLeasesAddUpToWhatTheyWereAndBelongToTheSameClient() {
        ByteBudget.Lease whole = budget.tryAcquire(60, "a");
        ByteBudget.Lease part = whole.split(20);
        assertThat(whole.bytes()).isEqualTo(40);
        assertThat(part.bytes()).isEqualTo(20);
        whole.release();
        assertThat(budget.used()).isEqualTo(20);
        part.release();
        assertThat(budget.used()).isZero();
        assertThatThrownBy(() -> part.split(1)).hasMessage("split: 1 (expected: 0..0)");
        // All was given back to the client as well: alone again, it may take nearly everything.
        assertThat(budget.tryAcquire(40, "a")).isNotNull();
        assertThat(budget.tryAcquire(40, "a")).isNotNull();
    }
}

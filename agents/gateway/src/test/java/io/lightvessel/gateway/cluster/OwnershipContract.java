package io.lightvessel.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link Ownership} does for a pool that has it for itself. */
abstract class OwnershipContract {

    private static final List<TargetKey> TARGETS = Replicas.targets(5);

    abstract Ownership ownership() throws Exception;

    private static void awaitOwned(RecordingPool pool, Ownership.Share share, List<TargetKey> targets) {
        Replicas.await(
                "owning " + targets.size(),
                () -> pool.owned().containsAll(targets) && targets.stream().allMatch(share::holds),
                pool::owned);
    }

    @Test
    void aTargetThatNobodyElseKnowsIsOwnedAndHeld() throws Exception {
        RecordingPool pool = new RecordingPool(8);
        Ownership.Share share = ownership().join("pool", pool);
        share.discovered(TARGETS);
        awaitOwned(pool, share, TARGETS);
        assertThat(share.holds(new TargetKey("pool", 4711))).isFalse();
        share.close();
    }

    @Test
    void aTargetIsTakenOnceHoweverOftenItIsDiscovered() throws Exception {
        RecordingPool pool = new RecordingPool(8);
        Ownership.Share share = ownership().join("pool", pool);
        share.discovered(TARGETS);
        awaitOwned(pool, share, TARGETS);
        share.discovered(TARGETS);
        share.discovered(Replicas.targets(6));
        awaitOwned(pool, share, Replicas.targets(6));
        assertThat(pool.blind).hasValue(6);
        share.close();
    }

    @Test
    void whatIsNotDiscoveredAnyMoreIsNotHeld() throws Exception {
        RecordingPool pool = new RecordingPool(8);
        Ownership.Share share = ownership().join("pool", pool);
        share.discovered(TARGETS);
        awaitOwned(pool, share, TARGETS);
        share.discovered(TARGETS.subList(0, 2));
        Replicas.await("the end of one", () -> !share.holds(TARGETS.get(4)), pool::owned);
        assertThat(share.holds(TARGETS.get(0))).isTrue();
        share.close();
    }

    @Test
    void afterItsCloseAShareHoldsNothing() throws Exception {
        RecordingPool pool = new RecordingPool(8);
        Ownership.Share share = ownership().join("pool", pool);
        share.discovered(TARGETS);
        awaitOwned(pool, share, TARGETS);
        share.close();
        Replicas.await("the end of all", () -> TARGETS.stream().noneMatch(share::holds), pool::owned);
    }

    @Test
    void poolsDoNotSeeEachOthersTargets() throws Exception {
        Ownership ownership = ownership();
        RecordingPool one = new RecordingPool(8);
        RecordingPool other = new RecordingPool(8);
        Ownership.Share first = ownership.join("pool", one);
        Ownership.Share second = ownership.join("other", other);
        List<TargetKey> others = List.of(new TargetKey("other", 1));
        first.discovered(TARGETS);
        second.discovered(others);
        awaitOwned(one, first, TARGETS);
        awaitOwned(other, second, others);
        assertThat(one.owned()).isEqualTo(Set.copyOf(TARGETS));
        assertThat(other.owned()).isEqualTo(Set.copyOf(others));
        first.close();
        second.close();
    }
}

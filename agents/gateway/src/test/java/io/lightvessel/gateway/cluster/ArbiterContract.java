package io.lightvessel.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.gateway.cluster.core.Arbiter;
import io.lightvessel.gateway.cluster.core.Arbiter.Claim;
import io.lightvessel.gateway.cluster.core.MemberId;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link Arbiter} does. Each call of {@code arbiter} gives one that shares the others' memory. */
abstract class ArbiterContract {

    private static final Set<MemberId> ONE = Set.of(new MemberId(1, -1), new MemberId(-7, 3));
    private static final Set<MemberId> OTHER = Set.of(new MemberId(5, 5), new MemberId(6, 6));

    abstract Arbiter arbiter();

    private static Set<MemberId> ask(Arbiter arbiter, Claim claim) throws Exception {
        return arbiter.claim(claim).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void theFirstHalfToClaimAViewIsTheOneForGood() throws Exception {
        assertThat(ask(arbiter(), new Claim(7, 3, ONE))).isEqualTo(ONE);
        assertThat(ask(arbiter(), new Claim(7, 3, OTHER))).isEqualTo(ONE);
        assertThat(ask(arbiter(), new Claim(7, 3, ONE))).isEqualTo(ONE);
    }

    @Test
    void aViewBeforeTheLastOneClaimedIsRefused() throws Exception {
        Arbiter arbiter = arbiter();
        assertThat(ask(arbiter, new Claim(7, 4, ONE))).isEqualTo(ONE);
        assertThatThrownBy(() -> ask(arbiter, new Claim(7, 3, OTHER))).hasMessageContaining("view 3 is over");
        assertThat(ask(arbiter, new Claim(7, 5, OTHER))).isEqualTo(OTHER);
    }

    @Test
    void clustersOfDifferentLineagesDoNotMeet() throws Exception {
        Arbiter arbiter = arbiter();
        assertThat(ask(arbiter, new Claim(7, 4, ONE))).isEqualTo(ONE);
        assertThat(ask(arbiter, new Claim(-8, 1, OTHER))).isEqualTo(OTHER);
        assertThat(ask(arbiter, new Claim(7, 4, OTHER))).isEqualTo(ONE);
    }
}

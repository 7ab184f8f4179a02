package io.lightvessel.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.core.Member;
import io.lightvessel.gateway.cluster.core.MemberId;
import io.lightvessel.gateway.cluster.core.Timing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link ClusteredOwnership} without others keeps the contract, and hands over within a process. */
class ClusteredOwnershipContractTest extends OwnershipContract {

    private final List<ClusteredOwnership> open = new ArrayList<>();

    /** Reaches nobody. */
    private static final class Alone implements Transport {
        @Override
        public Member connect(Listener listener) {
            listener.reachable(Set.of(), 0);
            return new Member(new MemberId(1, 2), "alone", "nowhere:0");
        }

        @Override
        public void send(MemberId to, byte[] bytes) {
            throw new AssertionError("there is nobody to send to");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Override
    ClusteredOwnership ownership() throws IOException {
        Timing timing = Timing.of(Duration.ofMillis(500), Duration.ofSeconds(2), 1, Duration.ZERO);
        ClusteredOwnership ownership =
                new ClusteredOwnership(new Alone(), timing, null, Duration.ofSeconds(5), _ -> {});
        ownership.start();
        open.add(ownership);
        return ownership;
    }

    @AfterEach
    void close() {
        open.forEach(ClusteredOwnership::close);
    }

    @Test
    void aReloadedPoolTakesOverFromItsPredecessor() throws Exception {
        ClusteredOwnership ownership = ownership();
        List<TargetKey> targets = Replicas.targets(5);
        RecordingPool before = new RecordingPool(8);
        Ownership.Share old = ownership.join("pool", before);
        old.discovered(targets);
        Replicas.await("the first pool's start", () -> before.owned().size() == 5, before::owned);
        RecordingPool after = new RecordingPool(8);
        Ownership.Share successor = ownership.join("pool", after);
        successor.discovered(targets);
        Replicas.await("the second pool's start", () -> after.owned().size() == 5, after::owned);
        assertThat(before.owned()).isEmpty();
        assertThat(after.handedOver).hasValue(5);
        old.close();
        assertThat(targets).allMatch(successor::holds);
        assertThat(after.owned()).hasSize(5);
    }

    @Test
    void itSaysWhoOwnsATarget() throws Exception {
        ClusteredOwnership ownership = ownership();
        RecordingPool pool = new RecordingPool(8);
        Ownership.Share share = ownership.join("pool", pool);
        List<TargetKey> targets = Replicas.targets(1);
        share.discovered(targets);
        Replicas.await("an answer", () -> "alone".equals(share.owner(targets.get(0))), ownership::view);
        assertThat(share.predictedOwner(targets.get(0))).isNull();
    }
}

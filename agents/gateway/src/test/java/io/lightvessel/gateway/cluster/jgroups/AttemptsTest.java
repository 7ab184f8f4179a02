package io.lightvessel.gateway.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final InetSocketAddress A = new InetSocketAddress("127.0.0.1", 1);
    private static final InetSocketAddress B = new InetSocketAddress("127.0.0.1", 2);
    private static final InetSocketAddress C = new InetSocketAddress("127.0.0.1", 3);
    private static final int STEP = 300;

    private final Attempts attempts = new Attempts(STEP, 10_000);
    private long now;

    /** The times at which an address is tried, looked at as often as the protocol looks. */
    private List<Long> triesOf(InetSocketAddress address, List<InetSocketAddress> named, long until) {
        List<Long> times = new ArrayList<>();
        for (; now < until; now += STEP) {
            if (attempts.due(named, List.of(address), now).contains(address)) {
                times.add(now);
            }
        }
        return times;
    }

    @Test
    void aDeadAddressIsTriedEverMoreRarely() {
        assertThat(triesOf(A, List.of(A, B), 60_000))
                .startsWith(0L, 300L, 900L, 2_100L, 4_500L, 9_300L, 18_900L)
                .as("three a second would be 200")
                .hasSizeLessThanOrEqualTo(11);
    }

    @Test
    void aChangedAnswerOfDiscoveryBeginsAnew() {
        triesOf(A, List.of(A, B), 30_000);
        assertThat(attempts.due(List.of(B, A), List.of(A), now))
                .as("the same in another order")
                .isEmpty();

        assertThat(attempts.due(List.of(A, B, C), List.of(A, C), now)).containsExactly(A, C);
        assertThat(attempts.due(List.of(A, B, C), List.of(A, C), now + STEP)).containsExactly(A, C);
        assertThat(attempts.due(List.of(A, B, C), List.of(A, C), now + 2 * STEP))
                .isEmpty();
    }

    @Test
    void whoCameAndWentIsLookedForAtOnce() {
        triesOf(A, List.of(A, B), 30_000);

        assertThat(attempts.due(List.of(A, B), List.of(), now)).isEmpty();

        assertThat(attempts.due(List.of(A, B), List.of(A), now)).containsExactly(A);
    }
}

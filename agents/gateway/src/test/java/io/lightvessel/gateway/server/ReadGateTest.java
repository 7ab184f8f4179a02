package io.lightvessel.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadGateTest {

    private static final long AHEAD = ReadAhead.LEAST;

    private final ByteBudget budget = new ByteBudget(AHEAD * 8);
    private final Arrivals arrivals = new Arrivals();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Boolean> narrowed = new ArrayList<>();
    private long now = 1;
    private final ReadTurns turns = new ReadTurns(new Processor().share(), () -> now);

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void aConnectionIsReadFreelyWhileThereIsPlenty() {
        gate(false);
        readComplete();
        assertThat(isRead()).isTrue();
        assertThat(narrowed).isEmpty();
    }

    @Test
    void itWaitsForItsTurnWhenMoreHasComeInThanGoesOut() {
        ByteBudget.Lease queued = pending();
        gate(false);
        readComplete();
        assertThat(isRead()).isFalse();
        assertThat(narrowed).containsExactly(true);
        queued.release();
        tick();
        assertThat(isRead()).isTrue();
        // The window is wide again when it has been calm for a second.
        readComplete();
        assertThat(narrowed).containsExactly(true);
        now += TimeUnit.SECONDS.toNanos(2);
        readComplete();
        assertThat(narrowed).containsExactly(true, false);
    }

    @Test
    void aConnectionOfOneRequestAtATimeIsNotStoppedWithinIt() {
        pending();
        gate(true);
        arrivals.add(budget, 10);
        readComplete();
        assertThat(isRead()).isTrue();
        arrivals.add(budget, -10);
        readComplete();
        assertThat(isRead()).isFalse();
    }

    @Test
    void aClosedConnectionLeavesTheQueue() {
        ByteBudget.Lease queued = pending();
        ReadGate gate = gate(false);
        readComplete();
        channel.pipeline().fireChannelInactive();
        queued.release();
        tick();
        assertThat(isRead()).isFalse();
        assertThat(gate.turn()).isPositive();
    }

    @Test
    void aTurnIsWhatTheConnectionAddedLatelyUnpacked() {
        ReadGate gate = gate(false);
        long first = gate.turn();
        for (int i = 0; i < 40; i++) {
            arrivals.took(first * 4);
            readComplete();
        }
        assertThat(gate.turn()).isBetween(first * 39 / 10, first * 4);
        for (int i = 0; i < 40; i++) {
            readComplete();
        }
        assertThat(gate.turn()).isBetween(1L, first / 16);
    }

    private ReadGate gate(boolean betweenRequests) {
        ReadGate gate = new ReadGate(() -> budget, arrivals, new ReadSwitch(channel), betweenRequests, () -> turns);
        gate.throttle(narrowed::add);
        channel.freezeTime();
        channel.pipeline().addLast(gate);
        return gate;
    }

    private ByteBudget.Lease pending() {
        ByteBudget.Lease lease = budget.tryAcquire(AHEAD + 1);
        assertThat(lease).isNotNull();
        return lease;
    }

    private void readComplete() {
        channel.pipeline().fireChannelReadComplete();
    }

    private void tick() {
        now += TimeUnit.MILLISECONDS.toNanos(1);
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private boolean isRead() {
        return channel.config().isAutoRead();
    }
}

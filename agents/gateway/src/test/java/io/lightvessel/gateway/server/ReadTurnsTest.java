package io.lightvessel.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadTurnsTest {

    private static final long AHEAD = ReadAhead.LEAST;
    private static final long TURN = AHEAD / 16;
    private static final long TICK_MICROS = 500;

    private final ByteBudget budget = new ByteBudget(AHEAD * 8);
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final Processor processor = new Processor();
    private final List<String> turnsTaken = new ArrayList<>();
    private long now = 1;
    private final ReadTurns turns = new ReadTurns(processor.share(), () -> now);

    ReadTurnsTest() {
        loop.freezeTime();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void connectionsGoOnInTheOrderInWhichTheyCame() {
        ByteBudget.Lease queued = pending(AHEAD - TURN);
        Connection a = waiting("a");
        waiting("b");
        waiting("c");
        tick();
        assertThat(turnsTaken).containsExactly("a");
        // It has read its turn, so there is no room until something is sent on.
        queued.tryGrow(TURN);
        join(a);
        tick();
        assertThat(turnsTaken).containsExactly("a");
        queued.release();
        tick();
        assertThat(turnsTaken).containsExactly("a", "b", "c", "a");
    }

    @Test
    void noMoreGoOnTogetherThanThereIsRoomForWhatTheyRead() {
        pending(AHEAD / 2);
        IntStream.range(0, 20).forEach(i -> waiting("packed" + i).turn = 4 * TURN);
        tick();
        assertThat(turnsTaken).containsExactly("packed0", "packed1");
    }

    @Test
    void whoHasBegunABodyGoesFirstWhereTheBudgetIsHalfSpent() {
        arriving(AHEAD * 4 + 1);
        waiting("new");
        waiting("begun").finishing = true;
        tick();
        assertThat(turnsTaken).containsExactly("begun");
    }

    @Test
    void nobodyIsToldWhileSomethingIsSentOnHoweverLongItTakes() {
        Deque<ByteBudget.Lease> queue = new ArrayDeque<>();
        IntStream.range(0, 100).forEach(_ -> queue.add(pending(AHEAD / 20)));
        waiting("patient");
        while (queue.size() > 25) {
            queue.remove().release();
            pass(9_000);
            assertThat(turns.isTelling()).isFalse();
            assertThat(turnsTaken).isEmpty();
        }
    }

    @Test
    void allAreToldWhenNothingIsSentOnAndWaitAgainLater() {
        pending(AHEAD * 2);
        waiting("a");
        waiting("b");
        pass(249_000);
        assertThat(turnsTaken).isEmpty();
        pass(3_000);
        assertThat(turnsTaken).containsExactly("a", "b");
        assertThat(turns.isTelling()).isTrue();
        now += TimeUnit.MILLISECONDS.toNanos(490);
        assertThat(turns.isTelling()).isTrue();
        now += TimeUnit.MILLISECONDS.toNanos(20);
        assertThat(turns.isTelling()).isFalse();
        waiting("c");
        pass(240_000);
        assertThat(turnsTaken).hasSize(2);
        pass(20_000);
        assertThat(turnsTaken).containsExactly("a", "b", "c");
    }

    @Test
    void nobodyWaitsForEverAndNotAllOfThemAreReadAtOnce() {
        Deque<ByteBudget.Lease> queue = new ArrayDeque<>();
        IntStream.range(0, 400).forEach(_ -> queue.add(pending(AHEAD / 100)));
        IntStream.range(0, 10).forEach(i -> waiting("c" + i));
        for (int i = 0; i < 105; i++) {
            // A backend that is slow, yet not stopped.
            queue.remove().release();
            pass(10_000);
        }
        assertThat(turnsTaken.size()).isBetween(3, 6);
        assertThat(turnsTaken).startsWith("c0", "c1", "c2");
    }

    @Test
    void aConnectionThatIsGoneHasNoTurn() {
        pending(AHEAD * 2).release();
        Connection gone = waiting("gone");
        waiting("there");
        turns.leave(gone);
        tick();
        assertThat(turnsTaken).containsExactly("there");
    }

    @Test
    void inAnOverloadEverybodyReadsAlikeAndNoMoreIsReadAheadThanNeeded() {
        Deque<ByteBudget.Lease> queue = new ArrayDeque<>();
        List<Connection> all =
                IntStream.range(0, 20).mapToObj(i -> new Connection("c" + i)).toList();
        long most = 0;
        for (int i = 0; i < 4000; i++) {
            // Each reads what it can, as event loops do; the greedy half has more to send at a time.
            for (int c = 0; c < all.size(); c++) {
                Connection connection = all.get(c);
                if (!connection.waits) {
                    queue.add(pending(c % 2 == 0 ? TURN : TURN / 4));
                    connection.turn = c % 2 == 0 ? TURN : TURN / 4;
                    if (turns.isShort(budget) && !turns.isTelling()) {
                        join(connection);
                    }
                }
            }
            most = Math.max(most, budget.pending());
            for (int sent = 0; sent < 3 && !queue.isEmpty(); sent++) {
                queue.remove().release();
            }
            pass(TICK_MICROS);
            assertThat(turns.isTelling()).isFalse();
        }
        List<Integer> shares = all.stream().map(connection -> connection.turns).toList();
        int fair = shares.stream().mapToInt(Integer::intValue).sum() / shares.size();
        assertThat(fair).isGreaterThan(100);
        // Between two waits some find that there is room again, so it is not one turn each.
        assertThat(shares).allSatisfy(share -> assertThat(share).isBetween(fair * 3 / 4, fair * 5 / 4));
        // At the beginning everybody has a first turn before anybody can know that it is too much.
        assertThat(most).isLessThan(AHEAD + 20 * TURN);
    }

    private Connection waiting(String name) {
        Connection connection = new Connection(name);
        join(connection);
        return connection;
    }

    private void join(Connection connection) {
        connection.waits = true;
        connection.since = now;
        turns.join(connection, loop.eventLoop());
    }

    private ByteBudget.Lease pending(long bytes) {
        ByteBudget.Lease lease = budget.tryAcquire(bytes);
        assertThat(lease).isNotNull();
        return lease;
    }

    private void arriving(long bytes) {
        pending(bytes);
        budget.arriving(bytes);
    }

    private void tick() {
        pass(TICK_MICROS);
    }

    private void pass(long micros) {
        for (long passed = 0; passed < micros; passed += TICK_MICROS) {
            now += TimeUnit.MICROSECONDS.toNanos(TICK_MICROS);
            processor.pass(true);
            loop.advanceTimeBy(TICK_MICROS, TimeUnit.MICROSECONDS);
            loop.runScheduledPendingTasks();
        }
    }

    private final class Connection implements ReadTurns.Waiter {
        private final String name;
        private boolean finishing;
        private boolean waits;
        private long since;
        private long turn = TURN;
        private int turns;

        Connection(String name) {
            this.name = name;
        }

        @Override
        public ByteBudget budget() {
            return budget;
        }

        @Override
        public boolean isFinishing() {
            return finishing;
        }

        @Override
        public long since() {
            return since;
        }

        @Override
        public long turn() {
            return turn;
        }

        @Override
        public void goOn() {
            waits = false;
            turns++;
            turnsTaken.add(name);
        }
    }
}

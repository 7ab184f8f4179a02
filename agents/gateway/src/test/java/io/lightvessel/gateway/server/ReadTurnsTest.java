package io.lightvessel.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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
    private final Deque<ByteBudget.Lease> underWay = new ArrayDeque<>();
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
    void inAnOverloadNobodyFallsBehindAndNoMoreIsReadAheadThanNeeded() {
        Deque<ByteBudget.Lease> queue = new ArrayDeque<>();
        List<Connection> all =
                IntStream.range(0, 20).mapToObj(i -> new Connection("c" + i)).toList();
        List<Connection> ready = new ArrayList<>(all);
        Random order = new Random(7);
        long most = 0;
        for (int i = 0; i < 16_000; i++) {
            // Each reads what it can, in no certain order; the greedy half has more to send at a time.
            Collections.shuffle(ready, order);
            for (Connection connection : ready) {
                if (!connection.waits) {
                    connection.turn = all.indexOf(connection) % 2 == 0 ? TURN : TURN / 4;
                    queue.add(pending(connection.turn));
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
        // A shift takes the same time for all, in which not all have the same number of turns.
        assertThat(shares).allSatisfy(share -> assertThat(share).isBetween(fair * 2 / 3, fair * 3 / 2));
        // At the beginning everybody has a first turn before anybody can know that it is too much.
        assertThat(most).isLessThan(AHEAD + 20 * TURN);
    }

    @Test
    void fewReadAtATimeAndThenOthers() {
        IntStream.range(0, 12).forEach(_ -> underWay.add(pending(TURN)));
        List<Connection> all = IntStream.range(0, 3 * Shift.SIZE)
                .mapToObj(i -> waiting("c" + i))
                .toList();
        List<Set<String>> shifts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            turnsTaken.clear();
            readOnFor(24_000, all);
            shifts.add(new TreeSet<>(turnsTaken));
            turnsTaken.clear();
            readOnFor(6_500, all);
        }
        assertThat(shifts.subList(0, 3)).allSatisfy(shift -> assertThat(shift).hasSize(Shift.SIZE));
        assertThat(shifts.subList(0, 3).stream().flatMap(Set::stream))
                .hasSize(all.size())
                .doesNotHaveDuplicates();
        assertThat(shifts.subList(3, 6)).isEqualTo(shifts.subList(0, 3));
    }

    @Test
    void othersReadAtOnceWhereAShiftHasLittleToSend() {
        int clients = 40 * Shift.SIZE;
        IntStream.range(0, clients).forEach(i -> waiting("c" + i));
        // Each sends one small request and waits for its answer.
        pass(clients / Shift.SIZE * TICK_MICROS);
        assertThat(turnsTaken).hasSize(clients).doesNotHaveDuplicates();
    }

    /** Reads a turn at a time, of which one is sent on in each tick, so that three quarters of the room stay in use. */
    private void readOnFor(long micros, List<Connection> all) {
        for (long passed = 0; passed < micros; passed += TICK_MICROS) {
            while (underWay.size() > 11) {
                underWay.remove().release();
            }
            tick();
            for (Connection connection : all) {
                if (!connection.waits) {
                    underWay.add(pending(TURN));
                    join(connection);
                }
            }
        }
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

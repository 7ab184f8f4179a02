package io.lightvessel.gateway.server;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets the connections of one event loop read a few at a time, one shift after the other, while more comes in than goes
 * out. Only as much is read ahead as keeps the processor busy, since what waits for long leaves its caches and costs a
 * third more to send on.
 */
final class ReadTurns {
    private static final FastThreadLocal<ReadTurns> CURRENT = new FastThreadLocal<>() {
        @Override
        protected ReadTurns initialValue() {
            return new ReadTurns(CpuShare.ofThisProcess(), System::nanoTime);
        }
    };

    /** A connection that waits. */
    interface Waiter {
        ByteBudget budget();

        /** Whether a body has been begun, which is paid for already. */
        boolean isFinishing();

        /** Since when it waits. */
        long since();

        /** What it may well add to what is read ahead in its turn. */
        long turn();

        /** Reads until told to wait again. */
        void goOn();
    }

    private static final long TICK_MICROS = 500;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** After so long without anything sent on, waiting does not help, and clients are to be told. */
    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** For so long they are told; then it is time to see whether the backend has come back. */
    private static final long TELLING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** After so long it is somebody's turn whatever it costs, one at a time. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReadAhead ahead;
    private final LongSupplier clock;
    private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
    private final Shift shift = new Shift();
    private boolean ticking;
    private long lookedAt;
    /** When somebody had a turn or something was sent on; and the least that was pending since then. */
    private long movedAt;

    private long leastPending;
    private boolean telling;
    private long tellingSince;

    ReadTurns(CpuShare cpu, LongSupplier clock) {
        this.ahead = new ReadAhead(cpu);
        this.clock = clock;
    }

    /** The calling event loop's own. */
    static ReadTurns current() {
        return CURRENT.get();
    }

    long now() {
        return clock.getAsLong();
    }

    /** Whether more has come in than should be read ahead. */
    boolean isShort(ByteBudget budget) {
        return budget.pending() > ahead.bytes(budget.capacity()) || budget.used() > budget.capacity() / 8 * 5;
    }

    /** Whether connections are read although it is short, so that clients hear that nothing goes on. */
    boolean isTelling() {
        telling = telling && now() - tellingSince < TELLING_NANOS;
        return telling;
    }

    /** Puts a connection at the end of the queue. */
    void join(Waiter waiter, EventExecutor loop) {
        waiting.add(waiter);
        if (!ticking) {
            ticking = true;
            lookedAt = now();
            moved(lookedAt);
            ahead.begin();
            plan(loop);
        }
    }

    /** The connection is gone. */
    void leave(Waiter waiter) {
        waiting.remove(waiter);
    }

    private void plan(EventExecutor loop) {
        loop.schedule(() -> tick(loop), TICK_MICROS, TimeUnit.MICROSECONDS);
    }

    private void tick(EventExecutor loop) {
        if (!waiting.isEmpty()) {
            long now = now();
            ByteBudget budget = waiting.getFirst().budget();
            if (now - lookedAt >= LOOK_AGAIN_NANOS) {
                lookedAt = now;
                ahead.adjust(budget.capacity());
                letOldestOn(now);
            }
            letOn(budget, now);
            watch(budget, now);
        }
        ticking = !waiting.isEmpty();
        if (ticking) {
            plan(loop);
        } else {
            shift.end();
        }
    }

    /** Nobody waits for ever, and no more than one at a time is read only to be refused. */
    private void letOldestOn(long now) {
        Waiter oldest = waiting.getFirst();
        if (now - oldest.since() > LONGEST_NANOS) {
            waiting.remove();
            oldest.goOn();
        }
    }

    /**
     * Others than those of the shift go on only where these leave much of the room unused. And where the budget is half
     * spent, only who can finish a body that was begun adds nothing to it.
     */
    private void letOn(ByteBudget budget, long now) {
        long most = ahead.bytes(budget.capacity());
        long room = most - budget.pending();
        boolean plenty = budget.used() <= budget.capacity() / 2;
        shift.changeOver(now, waiting.size());
        for (Iterator<Waiter> each = waiting.iterator(); room > 0 && each.hasNext(); ) {
            Waiter waiter = each.next();
            boolean inShift = shift.contains(waiter);
            boolean itsTurn = inShift || shift.hasRoom() || room > most / 2;
            if (itsTurn && (plenty || waiter.isFinishing() || now - waiter.since() > LONGEST_NANOS)) {
                if (!inShift) {
                    shift.enter(waiter);
                }
                each.remove();
                room -= waiter.turn();
                waiter.goOn();
                moved(now);
            }
        }
    }

    /**
     * As long as something is sent on there will be turns. Where everybody reads only to be refused, less is sent on,
     * and it would stay like that for as long as the clients keep coming: so that is for a stopped backend alone.
     */
    private void watch(ByteBudget budget, long now) {
        long pending = budget.pending();
        if (pending < leastPending) {
            moved(now);
            leastPending = pending;
        } else if (now - movedAt > STUCK_NANOS) {
            telling = true;
            tellingSince = now;
            for (Waiter waiter = waiting.poll(); waiter != null; waiter = waiting.poll()) {
                waiter.goOn();
            }
        }
    }

    private void moved(long now) {
        movedAt = now;
        leastPending = Long.MAX_VALUE;
    }
}

package io.lightvessel.gateway.server;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Lets the connections of one event loop read one after the other while more comes in than goes out. Only as much is
 * read ahead as keeps the processor busy, since what waits for long leaves its caches and costs a third more to send on.
 */
final class ReadTurns {
    private static final FastThreadLocal<ReadTurns> CURRENT = new FastThreadLocal<>() {
        @Override
        protected ReadTurns initialValue() {
            return new ReadTurns(new CpuShare());
        }
    };

    private static final long TICK_MICROS = 500;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** What a connection may well read in its turn: so many fewer may go on together. */
    private static final long ONE_TURN = 512 << 10;
    /** After so long without anybody's turn, waiting does not help, and clients are to be told. */
    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** After so long it is somebody's turn whatever it costs. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReadAhead ahead;
    private final ArrayDeque<ReadGate> waiting = new ArrayDeque<>();
    private boolean ticking;
    private long lookedAt;
    private long lastTurn;

    ReadTurns(CpuShare cpu) {
        this.ahead = new ReadAhead(cpu);
    }

    /** The calling event loop's own. */
    static ReadTurns current() {
        return CURRENT.get();
    }

    /** Whether connections should wait for their turn rather than read on. */
    boolean isShort(ByteBudget budget) {
        return budget.pending() > ahead.bytes(budget.capacity()) || budget.used() > budget.capacity() / 8 * 5;
    }

    /** Puts a connection at the end of the queue. */
    void join(ReadGate gate, EventExecutor loop) {
        waiting.add(gate);
        if (!ticking) {
            ticking = true;
            lookedAt = System.nanoTime();
            lastTurn = lookedAt;
            ahead.begin();
            plan(loop);
        }
    }

    /** The connection is gone. */
    void leave(ReadGate gate) {
        waiting.remove(gate);
    }

    private void plan(EventExecutor loop) {
        loop.schedule(() -> tick(loop), TICK_MICROS, TimeUnit.MICROSECONDS);
    }

    private void tick(EventExecutor loop) {
        long now = System.nanoTime();
        if (!waiting.isEmpty()) {
            ByteBudget budget = waiting.getFirst().budget();
            if (now - lookedAt >= LOOK_AGAIN_NANOS) {
                lookedAt = now;
                ahead.adjust(budget.capacity());
            }
            letOn(budget, now);
            if (now - lastTurn > STUCK_NANOS) {
                for (ReadGate gate = waiting.poll(); gate != null; gate = waiting.poll()) {
                    gate.goOn(true);
                }
            }
        }
        ticking = !waiting.isEmpty();
        if (ticking) {
            plan(loop);
        }
    }

    /** Where the budget is half spent, only who can finish a body that was begun adds nothing to it. */
    private void letOn(ByteBudget budget, long now) {
        long room = ahead.bytes(budget.capacity()) - budget.pending();
        boolean plenty = budget.used() <= budget.capacity() / 2;
        for (Iterator<ReadGate> each = waiting.iterator(); room > 0 && each.hasNext(); ) {
            ReadGate gate = each.next();
            if (plenty || gate.isFinishing() || gate.waits(now) > LONGEST_NANOS) {
                each.remove();
                gate.goOn(false);
                room -= ONE_TURN;
                lastTurn = now;
            }
        }
    }
}

package io.lightvessel.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Several event loops share one budget and one backend. */
class ReadTurnsOfLoopsTest {

    private static final long AHEAD = ReadAhead.LEAST;
    private static final long TURN = AHEAD / 32;
    private static final int LOOPS = 3;
    private static final int CONNECTIONS = 8;
    private static final int TURNS = 15;

    private final ByteBudget budget = new ByteBudget(AHEAD * 4);
    private final BlockingQueue<ByteBudget.Lease> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch served = new CountDownLatch(LOOPS * CONNECTIONS);
    private final AtomicLong refused = new AtomicLong();

    @Test
    void everyConnectionOfEveryLoopComesToItsTurnsAndNothingIsRefused() throws Exception {
        Thread backend = Thread.ofVirtual().start(this::sendOn);
        List<EventLoop> loops = new ArrayList<>();
        try {
            for (int i = 0; i < LOOPS; i++) {
                EventLoop loop = new DefaultEventLoop();
                loops.add(loop);
                ReadTurns turns = new ReadTurns(new Processor().share(), System::nanoTime);
                for (int c = 0; c < CONNECTIONS; c++) {
                    loop.execute(new Connection(turns, loop));
                }
            }
            assertThat(served.await(60, TimeUnit.SECONDS))
                    .as("connections without their turns: %s", served.getCount())
                    .isTrue();
        } finally {
            for (EventLoop loop : loops) {
                loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
            }
            backend.interrupt();
            backend.join();
        }
        assertThat(refused).hasValue(0);
        queue.forEach(ByteBudget.Lease::release);
        assertThat(budget.used()).isZero();
    }

    private void sendOn() {
        try {
            while (true) {
                queue.take().release();
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            // The test is over.
        }
    }

    /** Reads as much as it may, as a client with much to send makes it do. */
    private final class Connection implements ReadTurns.Waiter, Runnable {
        private final ReadTurns turns;
        private final EventLoop loop;
        private int taken;
        private long since;

        Connection(ReadTurns turns, EventLoop loop) {
            this.turns = turns;
            this.loop = loop;
        }

        @Override
        public void run() {
            ByteBudget.Lease lease = budget.tryAcquire(TURN);
            if (lease == null) {
                refused.incrementAndGet();
            } else {
                queue.add(lease);
            }
            if (++taken == TURNS) {
                served.countDown();
            }
            if (turns.isShort(budget) && !turns.isTelling()) {
                since = turns.now();
                turns.join(this, loop);
            } else {
                goOn();
            }
        }

        @Override
        public ByteBudget budget() {
            return budget;
        }

        @Override
        public boolean isFinishing() {
            return false;
        }

        @Override
        public long since() {
            return since;
        }

        @Override
        public long turn() {
            return TURN;
        }

        @Override
        public void goOn() {
            if (!loop.isShuttingDown()) {
                loop.execute(this);
            }
        }
    }
}

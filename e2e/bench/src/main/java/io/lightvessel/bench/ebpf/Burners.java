package io.lightvessel.bench.ebpf;

import java.util.concurrent.atomic.LongAdder;

/** Keeps every CPU busy and counts how far that gets, which is less when something else takes time from it. */
public final class Burners implements AutoCloseable {
    private static final int STEPS = 100_000;

    private final LongAdder done = new LongAdder();
    private final LongAdder results = new LongAdder();
    private volatile boolean stopping;

    public Burners(int threads) {
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().daemon().name("burner-" + i).start(this::run);
        }
    }

    private void run() {
        long state = 1;
        while (!stopping) {
            for (int i = 0; i < STEPS; i++) {
                state = state * 6364136223846793005L + i;
            }
            done.increment();
        }
        results.add(state);
    }

    /** What was done so far, in units of the same size. */
    public long done() {
        return done.sum();
    }

    @Override
    public void close() {
        stopping = true;
    }
}

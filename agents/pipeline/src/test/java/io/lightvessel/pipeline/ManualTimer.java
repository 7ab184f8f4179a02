package io.lightvessel.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that stands still until a test moves it. */
public final class ManualTimer implements Timer {

    private record Scheduled(long due, long order, Runnable task) {}

    private final List<Scheduled> scheduled = new ArrayList<>();
    private long nanos;
    private long order;

    @Override
    public synchronized Task schedule(Duration delay, Runnable task) {
        Scheduled entry = new Scheduled(nanos + delay.toNanos(), order++, task);
        scheduled.add(entry);
        return () -> {
            synchronized (this) {
                scheduled.remove(entry);
            }
        };
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    /** Moves time on and runs what becomes due, in order, on the calling thread. */
    public void advance(Duration by) {
        long target = nanoTime() + by.toNanos();
        while (true) {
            Scheduled next;
            synchronized (this) {
                next = scheduled.stream()
                        .filter(entry -> entry.due <= target)
                        .min(Comparator.comparingLong(Scheduled::due).thenComparingLong(Scheduled::order))
                        .orElse(null);
                if (next == null) {
                    nanos = target;
                    return;
                }
                scheduled.remove(next);
                nanos = Math.max(nanos, next.due);
            }
            next.task.run();
        }
    }
}

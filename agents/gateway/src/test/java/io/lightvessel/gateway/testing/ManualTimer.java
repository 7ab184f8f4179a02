package io.lightvessel.gateway.testing;

import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that a test moves by hand. Tasks run on the thread that moves it. */
public final class ManualTimer implements Timer {

    private final class Scheduled implements Task {
        private final long due;
        private final Runnable task;

        Scheduled(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        @Override
        public void cancel() {
            synchronized (ManualTimer.this) {
                tasks.remove(this);
            }
        }
    }

    private final List<Scheduled> tasks = new ArrayList<>();
    private long now;
    private Instant zero = Instant.EPOCH;

    @Override
    public synchronized Task schedule(Duration delay, Runnable task) {
        Scheduled scheduled = new Scheduled(now + delay.toNanos(), task);
        tasks.add(scheduled);
        return scheduled;
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Instant now() {
        return zero.plusNanos(now);
    }

    /** Somebody sets the clock; time passes as before. */
    public synchronized void setClock(Instant moment) {
        zero = moment.minusNanos(now);
    }

    public void advanceTo(Instant moment) {
        advance(Duration.between(now(), moment));
    }

    /** How many tasks wait for their time. */
    public synchronized int waiting() {
        return tasks.size();
    }

    /** Lets time pass, and what is due in it happen in order. */
    public void advance(Duration time) {
        long end = nanoTime() + time.toNanos();
        for (Optional<Scheduled> due = nextUntil(end); due.isPresent(); due = nextUntil(end)) {
            due.get().task.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Optional<Scheduled> nextUntil(long end) {
        Optional<Scheduled> next =
                tasks.stream().filter(task -> task.due <= end).min(Comparator.comparingLong(task -> task.due));
        next.ifPresent(task -> {
            tasks.remove(task);
            now = Math.max(now, task.due);
        });
        return next;
    }
}

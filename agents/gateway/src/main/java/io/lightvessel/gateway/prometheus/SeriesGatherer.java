package io.lightvessel.gateway.prometheus;

import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Gathers scrapes of different targets until they fill a request or the first has waited long enough, so that a thousand
 * small targets are not a thousand requests. While as many requests are under way as may be, others wait and gather.
 */
final class SeriesGatherer {

    /** A scrape that is to be sent. */
    record Item(Payload payload, Delivery delivery) {}

    /** Sends what was gathered, and runs the end when it has been answered. */
    @FunctionalInterface
    interface Way {
        void send(List<Item> items, Runnable ended);
    }

    private final int fullAt;
    private final Duration deadline;
    private final IntSupplier atOnce;
    private final Timer timer;
    private final Way way;

    private final Deque<Item> pending = new ArrayDeque<>();
    private long bytes;
    private boolean due;
    private boolean waiting;
    private boolean stopped;
    private int underWay;

    /** @param atOnce most requests under way, asked every time */
    SeriesGatherer(int fullAt, Duration deadline, IntSupplier atOnce, Timer timer, Way way) {
        this.fullAt = fullAt;
        this.deadline = deadline;
        this.atOnce = atOnce;
        this.timer = timer;
        this.way = way;
    }

    void add(Item item) {
        boolean first = false;
        synchronized (this) {
            pending.add(item);
            bytes += item.payload().size();
            if (deadline.isZero() || stopped) {
                due = true;
            } else if (!due && !waiting) {
                waiting = true;
                first = true;
            }
        }
        if (first) {
            timer.schedule(deadline, this::waitedLongEnough);
        }
        pump();
    }

    private void waitedLongEnough() {
        synchronized (this) {
            waiting = false;
            due = !pending.isEmpty();
        }
        // Making a large request takes milliseconds, in which the timer's thread has other things to do.
        Thread.ofVirtual().name("lightvessel-gathered").start(this::pump);
    }

    private void pump() {
        while (true) {
            List<Item> items = new ArrayList<>();
            synchronized (this) {
                if (pending.isEmpty() || !due && bytes < fullAt || underWay >= atOnce.getAsInt()) {
                    return;
                }
                take(items);
                underWay++;
            }
            way.send(items, this::ended);
        }
    }

    private void take(List<Item> items) {
        long taken = 0;
        while (!pending.isEmpty()
                && (items.isEmpty() || taken + pending.element().payload().size() <= fullAt)) {
            Item item = pending.remove();
            taken += item.payload().size();
            items.add(item);
        }
        bytes -= taken;
        due &= !pending.isEmpty();
    }

    private void ended() {
        synchronized (this) {
            underWay--;
        }
        pump();
    }

    /** Sends what was gathered, and from now on at once. */
    void stop() {
        synchronized (this) {
            stopped = true;
            due = !pending.isEmpty();
        }
        pump();
    }
}

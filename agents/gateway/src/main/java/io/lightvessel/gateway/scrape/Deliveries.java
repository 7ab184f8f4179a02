package io.lightvessel.gateway.scrape;

import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Hands what one target's scrapes came to on to the pipelines, one payload after the other, since a backend refuses a
 * series' sample that is older than its last one. What is refused for now is kept for a while and tried again; what is
 * given up is counted.
 */
final class Deliveries {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final long MOST_BYTES = 16 << 20;

    private record Waiting(Payload payload, long since) {}

    private final Timer timer;
    private final ScrapeMetrics metrics;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private volatile Outlet outlet;
    private long bytes;
    private boolean busy;
    private Duration pause = FIRST_PAUSE;
    private Timer.@Nullable Task retry;
    private @Nullable CompletableFuture<Void> drained;

    Deliveries(Outlet outlet, Timer timer, ScrapeMetrics metrics) {
        this.outlet = outlet;
        this.timer = timer;
        this.metrics = metrics;
    }

    /** Where payloads go from now on. */
    void reconnect(Outlet to) {
        outlet = to;
    }

    /** Takes over a payload; never blocks. */
    void offer(Payload payload) {
        synchronized (this) {
            waiting.add(new Waiting(payload, timer.nanoTime()));
            bytes += payload.size();
            // The first one may be on its way; it stays in any case.
            while (bytes > MOST_BYTES && waiting.size() > 1) {
                Waiting first = waiting.removeFirst();
                Waiting oldest = busy ? waiting.removeFirst() : first;
                if (busy) {
                    waiting.addFirst(first);
                }
                drop(oldest, DropReason.QUEUE_FULL);
            }
            if (busy) {
                return;
            }
            busy = true;
        }
        deliver();
    }

    private void drop(Waiting oldest, DropReason reason) {
        bytes -= oldest.payload().size();
        metrics.dropped(reason, oldest.payload().records());
        oldest.payload().release();
    }

    private void deliver() {
        Payload payload;
        synchronized (this) {
            retry = null;
            Waiting next = waiting.peek();
            if (next == null) {
                busy = false;
                return;
            }
            payload = next.payload();
        }
        // One reference is kept for another attempt.
        outlet.accept(payload.retain(), new Result() {
            @Override
            public void accepted() {
                synchronized (Deliveries.this) {
                    pause = FIRST_PAUSE;
                    end().release();
                }
                goOn();
            }

            @Override
            public void refused(Refusal refusal) {
                Deliveries.this.refused(refusal);
            }
        });
    }

    private Payload end() {
        Payload payload = waiting.removeFirst().payload();
        bytes -= payload.size();
        return payload;
    }

    private void refused(Refusal refusal) {
        synchronized (this) {
            Waiting first = waiting.peek();
            if (first == null) {
                return;
            }
            boolean tooOld = timer.nanoTime() - first.since() > KEPT.toNanos();
            if (!refusal.isRetryable() || tooOld || drained != null && refusal.reason() == DropReason.SHUTTING_DOWN) {
                waiting.removeFirst();
                drop(first, tooOld ? DropReason.RETRIES_EXHAUSTED : refusal.reason());
            } else {
                Duration asked = refusal.retryAfter();
                Duration wait = asked != null && asked.compareTo(pause) > 0 ? asked : pause;
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                retry = timer.schedule(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE, this::deliver);
                return;
            }
        }
        goOn();
    }

    /** The next one, without growing the stack when pipelines answer at once. */
    private void goOn() {
        CompletableFuture<Void> empty;
        synchronized (this) {
            if (!waiting.isEmpty()) {
                retry = timer.schedule(Duration.ZERO, this::deliver);
                return;
            }
            busy = false;
            empty = drained;
        }
        if (empty != null) {
            empty.complete(null);
        }
    }

    /** Completes when nothing waits any more. */
    synchronized CompletableFuture<Void> drained() {
        CompletableFuture<Void> known = drained;
        if (known == null) {
            known = new CompletableFuture<>();
            drained = known;
        }
        if (waiting.isEmpty()) {
            known.complete(null);
        }
        return known;
    }

    /** Gives up what waits. */
    synchronized void close() {
        Timer.Task planned = retry;
        if (planned != null) {
            planned.cancel();
            retry = null;
            while (!waiting.isEmpty()) {
                drop(waiting.removeFirst(), DropReason.SHUTDOWN);
            }
            busy = false;
        } else {
            // The first is on its way and ends by itself.
            while (waiting.size() > 1) {
                drop(waiting.removeLast(), DropReason.SHUTDOWN);
            }
        }
    }
}

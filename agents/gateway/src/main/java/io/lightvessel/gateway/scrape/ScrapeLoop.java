package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.scrape.ScrapeMetrics.Skipped;
import io.lightvessel.gateway.targets.Target;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes one target slot after slot for as long as this replica owns it. Knows when and whether; {@link Scraper} knows
 * how. Never blocks, and holds no thread between slots.
 */
final class ScrapeLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ScrapeLoop.class);

    /** What the loop asks of its job before every scrape. */
    interface Permission {
        boolean mayScrape(Target target);
    }

    private final Target target;
    private final Slots slots;
    private final Timer timer;
    private final Permission permission;
    private final ScrapeMetrics metrics;
    private final Scraper scraper;
    private final Instant since;
    private Timer.@Nullable Task planned;
    private long plannedSlot;
    private long lastSlot;
    private boolean running;
    private boolean stopped;
    private @Nullable CompletableFuture<Void> idle;
    private @Nullable Runnable change;

    ScrapeLoop(Target target, Slots slots, Timer timer, Permission permission, ScrapeMetrics metrics, Scraper scraper) {
        this.target = target;
        this.slots = slots;
        this.timer = timer;
        this.permission = permission;
        this.metrics = metrics;
        this.scraper = scraper;
        this.since = timer.now();
        this.lastSlot = Long.MIN_VALUE;
    }

    Target target() {
        return target;
    }

    Scraper scraper() {
        return scraper;
    }

    Slots slots() {
        return slots;
    }

    /** Begins with the first slot after those the former owner had, or from now on if there was none. */
    synchronized void start(@Nullable Instant formerSlot) {
        long now = Slots.nanos(timer.now());
        if (formerSlot == null) {
            plan(slots.after(now), now);
        } else {
            long former = Slots.nanos(formerSlot);
            long next = slots.afterHandover(former, now);
            lastSlot = Math.min(former, next - slots.interval());
            plan(next, now);
        }
    }

    /** Goes on after {@link #stop}. */
    synchronized void resume() {
        if (stopped) {
            stopped = false;
            idle = null;
            long now = Slots.nanos(timer.now());
            plan(slots.after(Math.max(now, lastSlot)), now);
        }
    }

    private void plan(long slot, long now) {
        plannedSlot = slot;
        planned = timer.schedule(Duration.ofNanos(Math.max(0, slot - now)), () -> due(slot));
    }

    private void due(long slot) {
        long began;
        synchronized (this) {
            if (stopped || slot != plannedSlot) {
                return;
            }
            began = Slots.nanos(timer.now());
            long early = slot - began;
            if (early > Duration.ofMillis(1).toNanos()) {
                wait(slot, began, early);
                return;
            }
            long late = Math.floorDiv(began - slot, slots.interval());
            if (late > 0) {
                // The slot is long over: its scrape would be one of another slot.
                metrics.skipped(Skipped.LATE, late);
                plan(slots.after(began), began);
                return;
            }
            plan(slots.after(Math.max(slot, began)), began);
            if (running) {
                metrics.skipped(Skipped.RUNNING, 1);
                return;
            }
            running = true;
        }
        boolean may = permission.mayScrape(target);
        synchronized (this) {
            if (!may || stopped) {
                metrics.skipped(Skipped.NOT_HELD, 1);
                ended();
                return;
            }
            lastSlot = slot;
        }
        scraper.scrape(slots.timestamp(slot, began), Slots.instant(began), this::ended);
    }

    /** The timer came before the wall clock did: it was set back, or the two differ a little. */
    private void wait(long slot, long now, long early) {
        if (early <= slots.interval()) {
            plan(slot, now);
        } else {
            LOG.warn(
                    "{}: the clock went back by {} s",
                    target.url(),
                    Duration.ofNanos(early).toSeconds());
            plan(slots.after(now), now);
        }
    }

    /** Does something that must not happen during a scrape, now or after the one under way. */
    synchronized void betweenScrapes(Runnable action) {
        if (running) {
            Runnable before = change;
            change = before == null
                    ? action
                    : () -> {
                        before.run();
                        action.run();
                    };
        } else {
            action.run();
        }
    }

    private synchronized void ended() {
        running = false;
        Runnable action = change;
        change = null;
        if (action != null) {
            action.run();
        }
        CompletableFuture<Void> waiting = idle;
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Begins no scrape any more; completes when none is under way. */
    synchronized CompletableFuture<Void> stop() {
        stopped = true;
        Timer.Task task = planned;
        planned = null;
        if (task != null) {
            task.cancel();
        }
        CompletableFuture<Void> waiting = idle;
        if (waiting == null) {
            waiting = new CompletableFuture<>();
            idle = waiting;
        }
        if (!running) {
            waiting.complete(null);
        }
        return waiting;
    }

    /** What the next owner needs; only once the loop has stopped. */
    synchronized Handover handover(int mostBytes) {
        // One that was never scraped here is to be scraped from the first slot on that this loop would have begun with.
        long slot = lastSlot == Long.MIN_VALUE ? slots.after(Slots.nanos(since)) - slots.interval() : lastSlot;
        return new Handover(Slots.instant(slot), scraper.state(mostBytes));
    }

    /** How long handing over may take without the next owner missing a slot. */
    synchronized Duration roomToHandOver() {
        long now = Slots.nanos(timer.now());
        return Duration.ofNanos(slots.latestHandover(lastSlot, now) - now);
    }

    /** For reports. */
    synchronized TargetReport.Work work() {
        Instant next = stopped || planned == null ? null : Slots.instant(plannedSlot);
        return new TargetReport.Work(scraper.last(), next, since);
    }

    synchronized boolean isRunning() {
        return running;
    }

    synchronized boolean hasScraped() {
        return lastSlot != Long.MIN_VALUE;
    }

    /** When the first scrape would have been that this loop has not made. */
    synchronized Instant missedSlot() {
        return Slots.instant(slots.after(lastSlot));
    }
}

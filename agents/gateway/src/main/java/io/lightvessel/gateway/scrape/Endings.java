package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.relabel.LabelSet;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Loops whose targets are gone. Their series are marked stale two intervals and a tenth later, unless the target has come
 * back by then: discovery may have lost sight of it for a moment.
 */
final class Endings {
    private record Ending(ScrapeLoop loop, Timer.Task task) {}

    private final Timer timer;
    private final Predicate<LabelSet> isBack;
    private final Map<LabelSet, Ending> endings = new HashMap<>();
    private @Nullable CompletableFuture<Void> allEnded;

    /** @param isBack whether there is a target with these labels, wherever it is scraped */
    Endings(Timer timer, Predicate<LabelSet> isBack) {
        this.timer = timer;
        this.isBack = isBack;
    }

    void add(ScrapeLoop loop) {
        loop.stop();
        if (!loop.hasScraped()) {
            loop.scraper().close();
            return;
        }
        Duration interval = Duration.ofNanos(loop.slots().interval());
        Instant missed = loop.missedSlot();
        Duration wait = Duration.between(timer.now(), missed.plus(interval).plus(interval.dividedBy(10)));
        Ending before;
        synchronized (this) {
            Timer.Task task = timer.schedule(wait.isNegative() ? Duration.ZERO : wait, () -> end(loop, missed));
            before = endings.put(loop.target().labels(), new Ending(loop, task));
        }
        if (before != null) {
            before.task().cancel();
            before.loop().scraper().close();
        }
    }

    private void end(ScrapeLoop loop, Instant missed) {
        LabelSet labels = loop.target().labels();
        synchronized (this) {
            Ending ending = endings.get(labels);
            if (ending == null || !ending.loop().equals(loop)) {
                return;
            }
            endings.remove(labels);
        }
        if (!isBack.test(labels)) {
            loop.stop().thenRun(() -> loop.scraper().markEnded(missed));
        }
        loop.scraper().close();
        reportEnd();
    }

    /** A loop of a target with these labels, which is not to end then. */
    @Nullable
    ScrapeLoop take(LabelSet labels) {
        Ending ending;
        synchronized (this) {
            ending = endings.remove(labels);
        }
        if (ending == null) {
            return null;
        }
        ending.task().cancel();
        reportEnd();
        return ending.loop();
    }

    /** Completes when no loop is waiting for its end. */
    CompletableFuture<Void> whenAllEnded() {
        CompletableFuture<Void> all;
        synchronized (this) {
            all = allEnded == null ? new CompletableFuture<>() : allEnded;
            allEnded = all;
        }
        reportEnd();
        return all;
    }

    private void reportEnd() {
        CompletableFuture<Void> all;
        synchronized (this) {
            if (!endings.isEmpty()) {
                return;
            }
            all = allEnded;
        }
        if (all != null) {
            all.complete(null);
        }
    }

    /** Nothing is marked any more. */
    void cancel() {
        Map<LabelSet, Ending> all;
        synchronized (this) {
            all = Map.copyOf(endings);
            endings.clear();
        }
        all.values().forEach(ending -> {
            ending.task().cancel();
            ending.loop().scraper().close();
        });
    }
}

package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.gateway.relabel.LabelSet;
import io.lightvessel.gateway.targets.Target;
import io.lightvessel.gateway.targets.TargetPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One job: its targets, and a loop for each of them that this replica owns. Outlives reloads: it keeps its part in the
 * agreement with other replicas, its loops, their series and connections, as far as the new config leaves them.
 */
final class ScrapeJob implements Ownership.Owner {
    private static final int MOST_STATE = 16 << 20;

    private final ScrapeMeans means;
    private final long seed;
    private final Ownership.Share share;
    private final Endings endings;
    private final Parting parting;
    private final Map<TargetKey, Target> known = new HashMap<>();
    private final Map<TargetKey, ScrapeLoop> loops = new HashMap<>();
    /** What was given to this replica before it had discovered the target. */
    private final Map<TargetKey, Optional<Handover>> early = new HashMap<>();
    /** Targets of the config before this one that the new pool has not found yet. */
    private final Map<TargetKey, Target> lingering = new HashMap<>();

    private JobSettings settings;
    private TargetPool pool;
    private boolean closed;

    ScrapeJob(
            JobSettings settings, List<NamedDiscovery> discoveries, ScrapeMeans means, Ownership ownership, long seed) {
        this.settings = settings;
        this.means = means;
        this.seed = seed;
        this.endings = new Endings(means.timer(), this::isKnown);
        this.parting = new Parting(means.timer());
        this.pool = pool(settings, discoveries);
        this.share = ownership.join(settings.config().targets().pool(), this);
    }

    private TargetPool pool(JobSettings of, List<NamedDiscovery> from) {
        return new TargetPool(
                of.config().targets(), from, means.timer(), means.workers().executor());
    }

    void start() {
        pool.start(new SharedKeys(), this::changed);
    }

    JobSettings settings() {
        return settings;
    }

    TargetPool pool() {
        return pool;
    }

    /** Takes a changed config; what did not change goes on undisturbed. */
    void change(JobSettings changed, List<NamedDiscovery> from) {
        TargetPool old = pool;
        boolean sameTargets;
        synchronized (this) {
            JobSettings before = settings;
            settings = changed;
            sameTargets = before.config().targets().equals(changed.config().targets())
                    && before.config().discoveries().equals(changed.config().discoveries());
            if (!before.equalsIn(changed)) {
                loops.values()
                        .forEach(
                                loop -> loop.betweenScrapes(() -> loop.scraper().change(changed)));
            }
            if (!sameTargets) {
                lingering.putAll(known);
                known.clear();
                pool = pool(changed, from);
            }
        }
        if (!sameTargets) {
            old.close();
            pool.start(new SharedKeys(), this::changed);
            means.timer().schedule(changed.config().targets().interval().multipliedBy(2), this::forgetLingering);
        } else {
            from.forEach(discovery -> discovery.discovery().close());
        }
    }

    /** Whoever the new pool has not found by now is gone. */
    private void forgetLingering() {
        Collection<TargetKey> keys;
        synchronized (this) {
            if (closed || lingering.isEmpty()) {
                return;
            }
            List<Target> gone = List.copyOf(lingering.values());
            lingering.clear();
            gone.forEach(this::vanished);
            keys = List.copyOf(known.keySet());
        }
        share.discovered(keys);
    }

    private synchronized void changed(Collection<Target> appeared, Collection<Target> vanished) {
        if (closed) {
            return;
        }
        Set<LabelSet> labels = new HashSet<>();
        for (Target target : appeared) {
            known.put(target.key(), target);
            labels.add(target.labels());
            lingering.remove(target.key());
        }
        for (Target target : vanished) {
            known.remove(target.key());
            vanished(target);
        }
        // The same series under another key, for example with another interval.
        List<Target> replaced = lingering.values().stream()
                .filter(target -> labels.contains(target.labels()))
                .toList();
        for (Target target : replaced) {
            lingering.remove(target.key());
            vanished(target);
        }
        for (Target target : appeared) {
            Optional<Handover> handover = early.remove(target.key());
            if (handover != null) {
                take(target.key(), handover.orElse(null));
            }
        }
    }

    private void vanished(Target target) {
        early.remove(target.key());
        ScrapeLoop loop = loops.remove(target.key());
        if (loop != null) {
            endings.add(loop);
        }
    }

    private synchronized boolean isKnown(LabelSet labels) {
        return closed
                || known.values().stream().anyMatch(target -> target.labels().equals(labels))
                || lingering.values().stream()
                        .anyMatch(target -> target.labels().equals(labels));
    }

    @Override
    public synchronized void take(TargetKey key, @Nullable Handover handover) {
        Target target = known.get(key);
        if (closed || loops.containsKey(key)) {
            return;
        }
        if (target == null) {
            early.put(key, Optional.ofNullable(handover));
            return;
        }
        ScrapeLoop ending = handover == null ? endings.take(target.labels()) : null;
        if (ending != null && ending.target().equals(target)) {
            loops.put(key, ending);
            ending.resume();
            return;
        }
        Scraper scraper = new Scraper(target, settings, means, cost -> share.cost(key, cost));
        Slots slots = Slots.of(target.interval(), key.hash(), seed);
        ScrapeLoop loop = new ScrapeLoop(target, slots, means.timer(), this::mayScrape, means.metrics(), scraper);
        loops.put(key, loop);
        if (ending != null) {
            ending.stop().whenComplete((_, _) -> {
                scraper.goOnFrom(ending.scraper());
                ending.scraper().close();
                loop.start(null);
            });
            return;
        }
        if (handover != null) {
            scraper.goOnFrom(handover.state());
        }
        loop.start(handover == null ? null : handover.lastSlot());
    }

    private boolean mayScrape(Target target) {
        ScrapeLoop loop;
        synchronized (this) {
            loop = loops.get(target.key());
        }
        if (loop == null || !share.holds(target.key())) {
            return false;
        }
        loop.scraper().force(pool.failure().orElse(null));
        return true;
    }

    @Override
    public CompletionStage<Handover> give(TargetKey key) {
        ScrapeLoop loop;
        Optional<Handover> unused;
        synchronized (this) {
            loop = loops.remove(key);
            unused = early.remove(key);
        }
        if (loop == null && unused != null && unused.isPresent()) {
            return CompletableFuture.completedStage(unused.get());
        }
        if (loop == null) {
            return CompletableFuture.failedStage(new IllegalStateException(key + " is not scraped here"));
        }
        // What is known of a large target takes a while to write down: not on the thread that had its last answer.
        return loop.stop()
                .thenCompose(_ -> written(loop))
                .thenApplyAsync(
                        _ -> {
                            Handover handover = loop.handover(MOST_STATE);
                            loop.scraper().close();
                            return handover;
                        },
                        means.workers().executor());
    }

    private CompletionStage<Boolean> written(ScrapeLoop loop) {
        Duration patience = parting.patience(loop.roomToHandOver());
        return loop.scraper()
                .outstanding()
                .allGone(patience)
                .whenComplete((written, _) -> parting.ended(Boolean.TRUE.equals(written), patience));
    }

    @Override
    public void lose(TargetKey key) {
        ScrapeLoop loop;
        synchronized (this) {
            loop = loops.remove(key);
            early.remove(key);
        }
        if (loop != null) {
            loop.scraper().close();
            loop.stop();
        }
    }

    /** Loops as they are now. */
    synchronized Map<TargetKey, ScrapeLoop> loops() {
        return Map.copyOf(loops);
    }

    Ownership.Share share() {
        return share;
    }

    /** The job is in the config no more: its targets are gone, which its series are to say. Completes when they have. */
    CompletableFuture<Void> end() {
        pool.close();
        synchronized (this) {
            List<Target> all = new ArrayList<>(known.values());
            all.addAll(lingering.values());
            known.clear();
            lingering.clear();
            all.forEach(this::vanished);
        }
        share.discovered(List.of());
        return endings.whenAllEnded().whenComplete((_, _) -> share.close());
    }

    /** The agent stops: nothing is marked stale, for somebody goes on soon. Completes when all is handed on. */
    CompletableFuture<Void> stop() {
        pool.close();
        List<ScrapeLoop> all;
        synchronized (this) {
            all = List.copyOf(loops.values());
        }
        // Gives loops away, as far as there is somebody to give them to.
        share.close();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        synchronized (this) {
            closed = true;
            loops.clear();
        }
        for (ScrapeLoop loop : all) {
            ends.add(loop.stop().thenCompose(_ -> loop.scraper().deliveries().drained()));
        }
        endings.cancel();
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .whenComplete((_, _) -> all.forEach(loop -> loop.scraper().close()));
    }

    /** What the pool has found, and what it may be about to find again. */
    private final class SharedKeys implements Ownership.Share {
        @Override
        public void discovered(Collection<TargetKey> keys) {
            Set<TargetKey> all = new HashSet<>(keys);
            synchronized (ScrapeJob.this) {
                all.addAll(lingering.keySet());
            }
            share.discovered(all);
        }

        @Override
        public void cost(TargetKey key, long cost) {
            share.cost(key, cost);
        }

        @Override
        public boolean holds(TargetKey key) {
            return share.holds(key);
        }

        @Override
        public void close() {
            // The job's own part stays; pools come and go.
        }
    }
}

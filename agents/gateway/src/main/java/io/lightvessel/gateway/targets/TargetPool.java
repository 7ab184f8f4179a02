package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.discovery.Discovery;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.gateway.discovery.TargetGroup;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The targets of one job: takes what discoveries tell, relabels groups that changed, and says which targets are new and which
 * are gone. Changes that come soon after others wait, so that a restless cluster costs a relabelling every five seconds.
 */
public final class TargetPool implements AutoCloseable {

    static final Duration PAUSE = Duration.ofSeconds(5);

    /** Hears of changes; called by one thread at a time, before {@link Ownership.Share#discovered} is told. */
    public interface Listener {

        /** A target that changed in any way is a new one, and the old one is gone. */
        void changed(Collection<Target> appeared, Collection<Target> vanished);
    }

    private final TargetOptions options;
    private final List<NamedDiscovery> discoveries;
    private final Timer timer;
    private final Executor executor;
    private final PendingGroups pending;
    /** Held while groups are resolved and listeners told. */
    private final ReentrantLock syncing = new ReentrantLock();

    private final TargetIndex index;
    private final Map<Integer, String> problems = new LinkedHashMap<>();
    private @Nullable Instant syncedAt;
    private Duration syncTook = Duration.ZERO;
    private boolean closed;
    private volatile @Nullable String failure;

    /** @param executor what runs relabelling, which may take some hundred milliseconds */
    public TargetPool(TargetOptions options, List<NamedDiscovery> discoveries, Timer timer, Executor executor) {
        this.options = options;
        this.discoveries = List.copyOf(discoveries);
        this.timer = timer;
        this.executor = executor;
        this.pending = new PendingGroups(this.discoveries.size(), timer::nanoTime);
        this.index = new TargetIndex(options);
    }

    /** Begins; called once. Share and listener stay their owners', who close them after the pool. */
    public void start(Ownership.Share share, Listener listener) {
        for (int i = 0; i < discoveries.size(); i++) {
            discoveries.get(i).discovery().start(new Hearing(i, share, listener));
        }
        wake(pending.open(), share, listener);
    }

    /** Why no target of the pool may be scraped; to be asked before every scrape. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    public Optional<Target> find(TargetKey key) {
        syncing.lock();
        try {
            return Optional.ofNullable(index.find(key));
        } finally {
            syncing.unlock();
        }
    }

    public PoolSnapshot snapshot() {
        syncing.lock();
        try {
            List<PoolSnapshot.DiscoveryState> states = new ArrayList<>();
            for (int i = 0; i < discoveries.size(); i++) {
                states.add(new PoolSnapshot.DiscoveryState(
                        discoveries.get(i).name(), index.targetsOf(i), Optional.ofNullable(problems.get(i))));
            }
            List<String> names = discoveries.stream().map(NamedDiscovery::name).toList();
            return new PoolSnapshot(
                    options.pool(),
                    failure(),
                    index.active(names),
                    index.dropped(names),
                    index.droppedCount(),
                    states,
                    Optional.ofNullable(syncedAt),
                    syncTook);
        } finally {
            syncing.unlock();
        }
    }

    /** Hears nothing more. The listener is not told that targets are gone, for they are not. */
    @Override
    public void close() {
        discoveries.forEach(discovery -> discovery.discovery().close());
        syncing.lock();
        try {
            closed = true;
        } finally {
            syncing.unlock();
        }
    }

    private void wake(Optional<Duration> delay, Ownership.Share share, Listener listener) {
        if (delay.isEmpty()) {
            return;
        }
        Runnable sync = () -> executor.execute(() -> sync(share, listener));
        if (delay.get().isZero()) {
            sync.run();
        } else {
            timer.schedule(delay.get(), sync);
        }
    }

    private void sync(Ownership.Share share, Listener listener) {
        syncing.lock();
        try {
            Map<PendingGroups.Origin, TargetGroup> groups = pending.take();
            if (!closed && !groups.isEmpty()) {
                sync(groups, share, listener);
            }
        } finally {
            syncing.unlock();
        }
    }

    private void sync(Map<PendingGroups.Origin, TargetGroup> groups, Ownership.Share share, Listener listener) {
        long start = timer.nanoTime();
        TargetIndex.Change change = index.apply(groups);
        int count = index.keys().size();
        boolean tooMany = options.targetLimit() > 0 && count > options.targetLimit();
        failure = tooMany
                ? "target_limit exceeded: " + count + " targets (expected: at most " + options.targetLimit() + ")"
                : null;
        syncedAt = timer.now();
        syncTook = Duration.ofNanos(timer.nanoTime() - start);
        pending.pause(PAUSE);
        if (!change.isEmpty()) {
            listener.changed(change.appeared(), change.vanished());
            share.discovered(List.copyOf(index.keys()));
        }
    }

    /** One discovery's way to tell. */
    private final class Hearing implements Discovery.Listener {
        private final int discovery;
        private final Ownership.Share share;
        private final Listener listener;

        Hearing(int discovery, Ownership.Share share, Listener listener) {
            this.discovery = discovery;
            this.share = share;
            this.listener = listener;
        }

        @Override
        public void changed(List<TargetGroup> groups) {
            wake(pending.add(discovery, groups), share, listener);
        }

        @Override
        public void problem(@Nullable String message) {
            syncing.lock();
            try {
                if (message == null) {
                    problems.remove(discovery);
                } else {
                    problems.put(discovery, message);
                }
            } finally {
                syncing.unlock();
            }
        }
    }
}

package io.lightvessel.gateway.cluster;

import io.lightvessel.gateway.cluster.core.Arbiter;
import io.lightvessel.gateway.cluster.core.Effects;
import io.lightvessel.gateway.cluster.core.Member;
import io.lightvessel.gateway.cluster.core.MemberId;
import io.lightvessel.gateway.cluster.core.Message;
import io.lightvessel.gateway.cluster.core.Replica;
import io.lightvessel.gateway.cluster.core.Snapshot;
import io.lightvessel.gateway.cluster.core.TieBreak;
import io.lightvessel.gateway.cluster.core.Timing;
import io.lightvessel.gateway.cluster.wire.MalformedMessage;
import io.lightvessel.gateway.cluster.wire.Messages;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares targets with other replicas. Everything is decided on one thread, by a {@link Replica}; {@link Share#holds} alone
 * is answered on the caller's, by the clock: a process that was stopped for a while finds its lease over when it goes on.
 */
public final class ClusteredOwnership implements Ownership, Transport.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusteredOwnership.class);
    /** Beyond this, what arrives is dropped; the protocol repeats what matters. */
    private static final int MOST_WAITING = 8192;

    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private final Transport transport;
    private final Timing timing;
    private final @Nullable Arbiter arbiter;
    private final Duration drainTimeout;
    private final Consumer<String> health;
    private final ClusterMetrics metrics;
    private final long origin = System.nanoTime();
    private final ScheduledExecutorService loop;
    private final Pools pools;
    private final AtomicInteger waiting = new AtomicInteger();
    private final CompletableFuture<@Nullable Void> left = new CompletableFuture<>();
    private final Map<String, Collection<TargetKey>> beforeConnected = new HashMap<>();
    private volatile long leaseUntil = Long.MIN_VALUE;
    private volatile OwnershipView view = OwnershipView.nowhere("is not connected yet");
    private volatile boolean closed;
    private volatile long lookedAt = Long.MIN_VALUE / 2;
    private @Nullable Replica replica;
    private volatile @Nullable Member self;
    private boolean tickIsDue;
    private Runnable lastReach = () -> {};
    private long viewedAt;
    private long countedAt;

    /**
     * @param arbiter null: an even split is decided for the coordinator's half
     * @param drainTimeout how long handing over may take when this replica or a pool leaves
     * @param health told what is wrong, or an empty text, often
     */
    public ClusteredOwnership(
            Transport transport,
            Timing timing,
            @Nullable Arbiter arbiter,
            Duration drainTimeout,
            Consumer<String> health) {
        this(transport, timing, arbiter, drainTimeout, health, ClusterMetrics.none());
    }

    ClusteredOwnership(
            Transport transport,
            Timing timing,
            @Nullable Arbiter arbiter,
            Duration drainTimeout,
            Consumer<String> health,
            ClusterMetrics metrics) {
        this.metrics = metrics;
        this.transport = transport;
        this.timing = timing;
        this.arbiter = arbiter;
        this.drainTimeout = drainTimeout;
        this.health = health;
        this.loop = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("cluster").daemon().factory());
        this.pools = new Pools(this::run);
    }

    /** Connects, which may take some seconds, and takes part from then on. */
    public void start() throws IOException {
        Member me = transport.connect(this);
        run(() -> {
            TieBreak tieBreak = arbiter == null ? TieBreak.COORDINATOR : TieBreak.ARBITER;
            Replica made = new Replica(me, timing, tieBreak, new Doing(), System::currentTimeMillis);
            self = me;
            replica = made;
            beforeConnected.forEach((pool, keys) -> made.discovered(now(), pool, keys));
            beforeConnected.clear();
            lastReach.run();
        });
        long every = timing.heartbeat() / 8;
        loop.scheduleAtFixedRate(() -> guarded(this::tick), every, every, TimeUnit.NANOSECONDS);
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private void run(Runnable event) {
        try {
            loop.execute(() -> guarded(event));
        } catch (RejectedExecutionException e) {
            LOG.debug("the cluster's thread has ended", e);
        }
    }

    /** A fault in here must not leave this replica scraping by an agreement that it no longer follows. */
    private void guarded(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.error("cluster: a fault of the agent; this replica leaves the cluster", e);
            leaseUntil = Long.MIN_VALUE;
            Replica gone = replica;
            replica = null;
            if (gone != null) {
                gone.abandon(now());
            }
            view = OwnershipView.nowhere("left the cluster after a fault: " + e);
            health.accept("left the cluster after a fault, see the log: " + e);
        }
    }

    private void tick() {
        Replica there = replica;
        if (there == null) {
            return;
        }
        long now = now();
        there.tick(now);
        if (now - viewedAt >= timing.heartbeat()) {
            viewedAt = now;
            health.accept(there.problem(now));
        }
        Member me = self;
        if (me != null && now - countedAt >= LOOK_EVERY) {
            metrics.looked(me, there.snapshot(now), now - countedAt);
            countedAt = now;
        }
    }

    /** For those who ask about one target after the other. */
    private OwnershipView recentView() {
        long now = now();
        if (now - lookedAt > LOOK_EVERY) {
            lookedAt = now;
            return view();
        }
        return view;
    }

    /** Who owns what now. */
    public OwnershipView view() {
        CompletableFuture<@Nullable Snapshot> asked = new CompletableFuture<>();
        run(() -> {
            Replica there = replica;
            asked.complete(there == null ? null : there.snapshot(now()));
        });
        try {
            Snapshot snapshot = asked.get(1, TimeUnit.SECONDS);
            Member me = self;
            if (snapshot != null && me != null) {
                // On this thread, since it foretells what happens when each of them leaves.
                view = OwnershipView.of(snapshot, me.id());
            }
            return view;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return view;
        } catch (ExecutionException | TimeoutException e) {
            return view;
        }
    }

    @Override
    public void reachable(Set<MemberId> others, int expected) {
        run(() -> {
            lastReach = () -> {
                Replica there = replica;
                if (there != null) {
                    there.reachable(now(), others, expected);
                }
            };
            lastReach.run();
        });
    }

    @Override
    public void received(MemberId from, byte[] bytes) {
        Message message;
        try {
            message = Messages.read(bytes);
        } catch (MalformedMessage e) {
            LOG.warn("cluster: replica {} sent what is no message of this version: {}", from, e.getMessage());
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        run(() -> {
            waiting.decrementAndGet();
            Replica there = replica;
            if (there != null) {
                there.receive(now(), from, message);
                tickSoon();
            }
        });
    }

    /** Once for all that waits, so that one message leads to the next without waiting for the clock. */
    private void tickSoon() {
        if (!tickIsDue) {
            tickIsDue = true;
            run(() -> {
                tickIsDue = false;
                tick();
            });
        }
    }

    /** What the replica wants done. */
    private final class Doing implements Effects {

        @Override
        public void send(MemberId to, Message message) {
            transport.send(to, Messages.write(message));
        }

        @Override
        public void take(TargetKey key, @Nullable Handover handover) {
            metrics.taken(handover != null);
            pools.take(key, handover);
        }

        @Override
        public void give(TargetKey key, long epoch) {
            pools.give(key)
                    .whenComplete((handover, failure) -> run(() -> {
                        metrics.given(failure == null);
                        Replica there = replica;
                        if (there != null) {
                            there.given(now(), key, epoch, failure == null ? handover : null);
                            tickSoon();
                        }
                    }));
        }

        @Override
        public void drop(TargetKey key) {
            pools.drop(key);
        }

        @Override
        public void lose(TargetKey key) {
            metrics.given(false);
            pools.lose(key);
        }

        @Override
        public void lease(long until) {
            leaseUntil = until;
        }

        @Override
        public void claim(Arbiter.Claim claim) {
            if (arbiter != null) {
                arbiter.claim(claim).whenComplete((half, failure) -> {
                    if (failure == null) {
                        run(() -> {
                            Replica there = replica;
                            if (there != null) {
                                there.ruled(claim, half);
                            }
                        });
                    } else {
                        LOG.warn("cluster: the arbiter did not answer: {}", failure.toString());
                    }
                });
            }
        }

        @Override
        public void left() {
            left.complete(null);
        }
    }

    @Override
    public Share join(String pool, Owner owner) {
        run(() -> pools.join(pool, owner));
        return new Part(pool, owner);
    }

    private final class Part implements Share {
        private final String pool;
        private final Owner owner;

        Part(String pool, Owner owner) {
            this.pool = pool;
            this.owner = owner;
        }

        @Override
        public void discovered(Collection<TargetKey> keys) {
            List<TargetKey> all = List.copyOf(keys);
            run(() -> {
                if (pools.isOf(pool, owner)) {
                    pools.adopt(pool, all);
                    tell(pool, all);
                }
            });
        }

        @Override
        public void cost(TargetKey key, long cost) {
            run(() -> {
                Replica there = replica;
                if (there != null) {
                    there.cost(key, cost);
                }
            });
        }

        @Override
        public boolean holds(TargetKey key) {
            return pools.holds(key) && now() < leaseUntil;
        }

        @Override
        public @Nullable String owner(TargetKey key) {
            return recentView().ownerOf(key);
        }

        @Override
        public @Nullable String predictedOwner(TargetKey key) {
            return recentView().nextOwnerOf(key);
        }

        @Override
        public void close() {
            CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
            run(() -> {
                Replica there = replica;
                if (there == null || !pools.isOf(pool, owner)) {
                    done.complete(null);
                    return;
                }
                there.withdraw(now(), pool);
                tickSoon();
                waitUntilEmpty(pool, done);
            });
            await(done, drainTimeout);
            run(() -> {
                if (pools.isOf(pool, owner)) {
                    List<TargetKey> rest = pools.of(pool);
                    rest.forEach(pools::lose);
                    tell(pool, List.of());
                    pools.leave(pool, owner);
                }
            });
        }
    }

    private void waitUntilEmpty(String pool, CompletableFuture<@Nullable Void> done) {
        if (closed || replica == null || pools.count(pool) == 0) {
            done.complete(null);
        } else {
            loop.schedule(() -> guarded(() -> waitUntilEmpty(pool, done)), 10, TimeUnit.MILLISECONDS);
        }
    }

    private void tell(String pool, Collection<TargetKey> keys) {
        Replica there = replica;
        if (there == null) {
            beforeConnected.put(pool, keys);
        } else {
            there.discovered(now(), pool, keys);
            tickSoon();
        }
    }

    private static void await(CompletableFuture<@Nullable Void> done, Duration atMost) {
        try {
            done.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("cluster: not everything could be handed over within {}", atMost);
        }
    }

    /** Hands over everything, then leaves the cluster; what takes longer than the drain timeout is lost. */
    public void leave() {
        run(() -> {
            Replica there = replica;
            if (there == null) {
                left.complete(null);
            } else {
                there.leave(now());
                tickSoon();
            }
        });
        await(left, drainTimeout);
        CompletableFuture<@Nullable Void> out = new CompletableFuture<>();
        run(() -> {
            Replica there = replica;
            if (there != null) {
                there.abandon(now());
            }
            out.complete(null);
        });
        await(out, Duration.ofSeconds(1));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        leave();
        discard();
    }

    /** Ends without having begun. */
    void discard() {
        closed = true;
        transport.close();
        loop.shutdown();
    }
}

package io.lightvessel.gateway.cluster;

import io.lightvessel.gateway.cluster.Ownership.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pools of this process and what each owns. A reload joins a pool anew before the old one is closed: targets then go
 * from one to the other within the process, handed over as between replicas.
 */
final class Pools {

    private static final Logger LOG = LoggerFactory.getLogger(Pools.class);

    private final Executor loop;
    private final Map<String, Owner> owners = new HashMap<>();
    /** Who of this process scrapes what it owns; used by the loop alone. */
    private final Map<TargetKey, Owner> holders = new HashMap<>();
    /** What is on its way from an old pool to its successor. */
    private final Map<TargetKey, CompletionStage<Handover>> within = new HashMap<>();

    private final Set<TargetKey> held = ConcurrentHashMap.newKeySet();

    Pools(Executor loop) {
        this.loop = loop;
    }

    boolean holds(TargetKey key) {
        return held.contains(key);
    }

    void join(String pool, Owner owner) {
        owners.put(pool, owner);
    }

    boolean isOf(String pool, Owner owner) {
        return owner.equals(owners.get(pool));
    }

    void leave(String pool, Owner owner) {
        owners.remove(pool, owner);
    }

    int count(String pool) {
        int count = 0;
        for (TargetKey key : holders.keySet()) {
            count += key.pool().equals(pool) ? 1 : 0;
        }
        return count;
    }

    List<TargetKey> of(String pool) {
        List<TargetKey> keys = new ArrayList<>();
        for (TargetKey key : holders.keySet()) {
            if (key.pool().equals(pool)) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** What an old pool still holds of these goes to the one that has joined since. */
    void adopt(String pool, Iterable<TargetKey> keys) {
        Owner owner = owners.get(pool);
        for (TargetKey key : keys) {
            Owner holder = holders.get(key);
            if (owner == null || holder == null || holder.equals(owner) || within.containsKey(key)) {
                continue;
            }
            held.remove(key);
            CompletionStage<Handover> handover = ended(holder, key);
            within.put(key, handover);
            handover.whenCompleteAsync(
                    (state, failure) -> {
                        if (within.remove(key, handover)) {
                            take(key, failure == null ? state : null);
                        }
                    },
                    loop);
        }
    }

    void take(TargetKey key, @Nullable Handover handover) {
        Owner owner = owners.get(key.pool());
        if (owner == null) {
            return;
        }
        holders.put(key, owner);
        held.add(key);
        try {
            owner.take(key, handover);
        } catch (RuntimeException e) {
            LOG.error("{}: its pool failed to begin", key, e);
        }
    }

    CompletionStage<Handover> give(TargetKey key) {
        held.remove(key);
        Owner holder = holders.remove(key);
        CompletionStage<Handover> underWay = within.remove(key);
        if (underWay != null) {
            return underWay;
        }
        return holder == null
                ? CompletableFuture.failedFuture(new IllegalStateException(key + " is not owned here"))
                : ended(holder, key);
    }

    private static CompletionStage<Handover> ended(Owner holder, TargetKey key) {
        try {
            return holder.give(key);
        } catch (RuntimeException e) {
            LOG.error("{}: its pool failed to give it away", key, e);
            return CompletableFuture.failedFuture(e);
        }
    }

    void drop(TargetKey key) {
        held.remove(key);
        holders.remove(key);
        within.remove(key);
    }

    void lose(TargetKey key) {
        held.remove(key);
        Owner holder = holders.remove(key);
        if (within.remove(key) == null && holder != null) {
            try {
                holder.lose(key);
            } catch (RuntimeException e) {
                LOG.error("{}: its pool failed to stop", key, e);
            }
        }
    }
}

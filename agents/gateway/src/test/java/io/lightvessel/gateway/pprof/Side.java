package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.TargetKey;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One replica's side of an agreement that the test makes. */
final class Side implements Ownership {
    final Set<TargetKey> held = ConcurrentHashMap.newKeySet();
    final Set<TargetKey> discovered = ConcurrentHashMap.newKeySet();
    final Set<TargetKey> paid = ConcurrentHashMap.newKeySet();
    /** Who owns what and who is next, as answers say. */
    final Map<TargetKey, String> owners = new ConcurrentHashMap<>();

    final Map<TargetKey, String> next = new ConcurrentHashMap<>();
    private Ownership.@Nullable Owner owner;

    @Override
    public Share join(String pool, Owner joining) {
        owner = joining;
        return new Share() {
            @Override
            public void discovered(Collection<TargetKey> keys) {
                discovered.addAll(keys);
            }

            @Override
            public void cost(TargetKey key, long cost) {
                paid.add(key);
            }

            @Override
            public boolean holds(TargetKey key) {
                return held.contains(key);
            }

            @Override
            public @Nullable String owner(TargetKey key) {
                return owners.get(key);
            }

            @Override
            public @Nullable String predictedOwner(TargetKey key) {
                return next.get(key);
            }

            @Override
            public void close() {
                held.clear();
            }
        };
    }

    void take(TargetKey key, @Nullable Handover handover) {
        held.add(key);
        owner.take(key, handover);
    }

    Handover give(TargetKey key) throws Exception {
        Handover handover = owner.give(key).toCompletableFuture().get(20, TimeUnit.SECONDS);
        held.remove(key);
        return handover;
    }

    void lose(TargetKey key) {
        held.remove(key);
        owner.lose(key);
    }
}

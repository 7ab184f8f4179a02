package io.lightvessel.gateway.cluster;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The agreement of a gateway without others: it owns every target at once. */
public final class SoleOwner implements Ownership {

    private final @Nullable String name;

    public SoleOwner() {
        this(null);
    }

    /** @param name what answers call this replica */
    public SoleOwner(@Nullable String name) {
        this.name = name;
    }

    @Override
    public Share join(String pool, Owner owner) {
        return new Everything(owner);
    }

    private final class Everything implements Share {
        private final Owner owner;
        private volatile Set<TargetKey> owned = Set.of();

        Everything(Owner owner) {
            this.owner = owner;
        }

        @Override
        public synchronized void discovered(Collection<TargetKey> keys) {
            Set<TargetKey> now = Set.copyOf(keys);
            Set<TargetKey> taken = new HashSet<>(now);
            taken.removeAll(owned);
            owned = now;
            for (TargetKey key : taken) {
                owner.take(key, null);
            }
        }

        @Override
        public void cost(TargetKey key, long cost) {
            // Nobody to share with.
        }

        @Override
        public boolean holds(TargetKey key) {
            return owned.contains(key);
        }

        @Override
        public @Nullable String owner(TargetKey key) {
            return holds(key) ? name : null;
        }

        @Override
        public synchronized void close() {
            owned = Set.of();
        }
    }
}

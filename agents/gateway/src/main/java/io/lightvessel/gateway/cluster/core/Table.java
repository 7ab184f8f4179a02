package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.TargetKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The coordinator's books: every target that some member knows or has, and who owns it. */
final class Table {

    static final class Entry {
        final TargetKey key;
        final long firstKnown;
        final Set<MemberId> knownBy = new HashSet<>(4);
        long cost;

        @Nullable
        MemberId owner;

        @Nullable
        MemberId to;

        @Nullable
        MemberId handedTo;

        boolean given;
        long epoch;
        long since;

        Entry(TargetKey key, long firstKnown) {
            this.key = key;
            this.firstKnown = firstKnown;
        }

        Content.Row row() {
            return new Content.Row(key, owner, to, epoch, cost, since);
        }
    }

    private final LongSupplier wallClock;
    private final Map<TargetKey, Entry> entries = new HashMap<>();
    private final Map<MemberId, Integer> owned = new HashMap<>();
    private final Map<MemberId, Integer> moving = new HashMap<>();
    private final Map<MemberId, Integer> coming = new HashMap<>();
    private final Set<Entry> changed = new LinkedHashSet<>();
    private final List<Content.Row> gone = new ArrayList<>();

    Table(LongSupplier wallClock) {
        this.wallClock = wallClock;
    }

    Entry entry(long now, TargetKey key) {
        return entries.computeIfAbsent(key, _ -> new Entry(key, now));
    }

    @Nullable
    Entry find(TargetKey key) {
        return entries.get(key);
    }

    Collection<Entry> all() {
        return entries.values();
    }

    void known(long now, TargetKey key, MemberId by) {
        entry(now, key).knownBy.add(by);
    }

    void unknown(TargetKey key, MemberId by) {
        Entry entry = entries.get(key);
        if (entry != null && entry.knownBy.remove(by)) {
            forgetIfUnused(entry);
        }
    }

    void cost(TargetKey key, long cost) {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.cost = cost;
            changed.add(entry);
        }
    }

    void owned(Entry entry, MemberId owner, long epoch) {
        free(entry);
        entry.owner = owner;
        entry.epoch = epoch;
        entry.since = wallClock.getAsLong();
        entry.handedTo = null;
        owned.merge(owner, 1, Integer::sum);
    }

    void moving(Entry entry, MemberId to) {
        if (entry.to == null && entry.owner != null) {
            moving.merge(entry.owner, 1, Integer::sum);
            coming.merge(to, 1, Integer::sum);
            entry.to = to;
        }
        changed.add(entry);
    }

    int moving(MemberId from) {
        return moving.getOrDefault(from, 0);
    }

    /** Whether something is on its way to it. */
    boolean isBoundFor(MemberId id) {
        return coming.getOrDefault(id, 0) > 0;
    }

    boolean isAtRest() {
        return moving.values().stream().allMatch(count -> count == 0);
    }

    /** Nobody owns it any more. */
    void free(Entry entry) {
        movesNoMore(entry);
        if (entry.owner != null) {
            owned.merge(entry.owner, -1, Integer::sum);
        }
        entry.owner = null;
        entry.given = false;
        changed.add(entry);
    }

    private void movesNoMore(Entry entry) {
        if (entry.owner != null && entry.to != null) {
            moving.merge(entry.owner, -1, Integer::sum);
            coming.merge(entry.to, -1, Integer::sum);
        }
        entry.to = null;
    }

    /** The member is gone: it owns and knows nothing, and nothing moves to it. */
    void freeAll(MemberId id) {
        for (Entry entry : List.copyOf(entries.values())) {
            if (id.equals(entry.owner)) {
                free(entry);
                entry.handedTo = null;
            }
            if (id.equals(entry.handedTo)) {
                entry.handedTo = null;
            }
            if (id.equals(entry.to)) {
                // Its owner has been told to end, and has what the next one needs until somebody takes it.
                movesNoMore(entry);
                entry.given = true;
                changed.add(entry);
            }
            entry.knownBy.remove(id);
            forgetIfUnused(entry);
        }
    }

    void forgetIfUnused(Entry entry) {
        if (entry.owner == null && entry.knownBy.isEmpty() && entries.remove(entry.key, entry)) {
            changed.remove(entry);
            gone.add(new Content.Row(entry.key, null, null, entry.epoch, -1, 0));
        }
    }

    boolean owns(MemberId id) {
        return owned.getOrDefault(id, 0) > 0;
    }

    boolean isAnythingOwned() {
        return owned.values().stream().anyMatch(count -> count > 0);
    }

    Collection<Entry> takeChanged() {
        List<Entry> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }

    List<Content.Row> takeGone() {
        List<Content.Row> taken = List.copyOf(gone);
        gone.clear();
        return taken;
    }
}

package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.TargetKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which slot of which target was scraped, and by whom: the proof of what moves cost. */
final class SlotLedger {

    static final long SLOT = 1000 * World.MS;

    private final Map<TargetKey, TreeMap<Long, List<String>>> scrapes = new HashMap<>();
    /** Taken without what the owner before knew, though there was one. */
    final Set<TargetKey> blind = new HashSet<>();

    void scraped(TargetKey key, long slot, String by) {
        List<String> who =
                scrapes.computeIfAbsent(key, _ -> new TreeMap<>()).computeIfAbsent(slot, _ -> new ArrayList<>());
        who.add(by);
        if (who.size() > 1) {
            throw new AssertionError("slot " + slot + " of " + key.hash() + " was scraped by " + who);
        }
    }

    void takenBlindly(TargetKey key) {
        if (scrapes.containsKey(key)) {
            blind.add(key);
        }
    }

    void handedOver(TargetKey key, long last) {
        TreeMap<Long, List<String>> done = scrapes.get(key);
        if (done != null && done.lastKey() > last) {
            throw new AssertionError(
                    key.hash() + " was handed over after slot " + last + " though slot " + done.lastKey() + " is done");
        }
    }

    /** Slots between a target's first and last scrape that nobody scraped. */
    long missed() {
        long missed = 0;
        for (TreeMap<Long, List<String>> done : scrapes.values()) {
            missed += done.lastKey() - done.firstKey() + 1 - done.size();
        }
        return missed;
    }

    /** A target with a slot that nobody scraped. */
    @Nullable
    TargetKey incomplete() {
        for (Map.Entry<TargetKey, TreeMap<Long, List<String>>> entry : scrapes.entrySet()) {
            TreeMap<Long, List<String>> done = entry.getValue();
            if (done.lastKey() - done.firstKey() + 1 > done.size()) {
                return entry.getKey();
            }
        }
        return null;
    }

    long longestGap() {
        long longest = 0;
        for (TreeMap<Long, List<String>> done : scrapes.values()) {
            long before = done.firstKey();
            for (long slot : done.keySet()) {
                longest = Math.max(longest, slot - before - 1);
                before = slot;
            }
        }
        return longest;
    }
}

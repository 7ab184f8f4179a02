package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.TargetKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Decides who should own what: every replica at most a tenth above the average cost where the targets allow it, with as few
 * moves as that takes. The same input gives the same plan.
 */
final class Balance {

    /** Beyond these shares of the average something moves... */
    static final double MOST = 1.10;

    static final double LEAST = 0.90;
    /** ...until everyone is within these, so that small changes do not move anything again at once. */
    private static final double SLACK = 0.05;

    static final int NOBODY = -1;

    /** A target to be placed: {@code owner} is an index into the members, {@code knownBy} a bit for each of them. */
    static final class Item {
        final TargetKey key;
        final long cost;
        final long knownBy;
        final boolean movable;
        int owner;

        Item(TargetKey key, long cost, long knownBy, int owner, boolean movable) {
            this.key = key;
            this.cost = Math.max(1, cost);
            this.knownBy = knownBy;
            this.owner = owner;
            this.movable = movable;
        }

        private boolean isKnownBy(int member) {
            return (knownBy >>> member & 1) != 0;
        }
    }

    private static final Comparator<Item> BY_COST = Comparator.<Item>comparingLong(item -> item.cost)
            .thenComparing(item -> item.key.hash())
            .thenComparing(item -> item.key.pool());

    private final List<MemberId> members;
    private final List<Item> items;
    private final double[] load;
    private final double average;

    private Balance(List<MemberId> members, List<Item> items) {
        this.members = members;
        this.items = items;
        this.load = new double[members.size()];
        double total = 0;
        for (Item item : items) {
            if (item.knownBy != 0 || item.owner != NOBODY) {
                total += item.cost;
            }
            if (item.owner != NOBODY) {
                load[item.owner] += item.cost;
            }
        }
        this.average = total / Math.max(1, members.size());
    }

    /**
     * Sets the owners of those that have none, and changes owners if {@code mostMoves} allows.
     *
     * @return how many targets changed from one owner to another
     */
    static int plan(List<MemberId> members, List<Item> items, int mostMoves) {
        if (members.isEmpty()) {
            return 0;
        }
        Balance balance = new Balance(members, items);
        balance.placeOrphans();
        return mostMoves > 0 ? balance.even(mostMoves) : 0;
    }

    private void placeOrphans() {
        List<Item> orphans = new ArrayList<>();
        for (Item item : items) {
            if (item.owner == NOBODY && item.knownBy != 0) {
                orphans.add(item);
            }
        }
        orphans.sort(BY_COST.reversed());
        double cap = average * (1 + SLACK);
        for (Item item : orphans) {
            int best = NOBODY;
            int least = NOBODY;
            long bestScore = 0;
            for (int m = 0; m < load.length; m++) {
                if (!item.isKnownBy(m)) {
                    continue;
                }
                if (least == NOBODY || load[m] < load[least]) {
                    least = m;
                }
                long score = score(item.key, members.get(m));
                if (load[m] + item.cost <= cap && (best == NOBODY || Long.compareUnsigned(score, bestScore) > 0)) {
                    best = m;
                    bestScore = score;
                }
            }
            item.owner = best == NOBODY ? least : best;
            if (item.owner != NOBODY) {
                load[item.owner] += item.cost;
            }
        }
    }

    /** Rendezvous hashing: a member's rank for a target does not depend on who else is there. */
    private static long score(TargetKey key, MemberId member) {
        long mixed = key.hash() ^ key.pool().hashCode() * 0x9E3779B97F4A7C15L;
        mixed ^= member.high() * 0xC2B2AE3D27D4EB4FL + Long.rotateLeft(member.low(), 31);
        mixed = (mixed ^ mixed >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }

    private int even(int mostMoves) {
        double most = Arrays.stream(load).max().orElse(0);
        double least = Arrays.stream(load).min().orElse(0);
        if (average == 0 || (most <= MOST * average && least >= LEAST * average)) {
            return 0;
        }
        List<List<Item>> owned = new ArrayList<>();
        for (int m = 0; m < load.length; m++) {
            owned.add(new ArrayList<>());
        }
        for (Item item : items) {
            if (item.owner != NOBODY && item.movable) {
                owned.get(item.owner).add(item);
            }
        }
        owned.forEach(list -> list.sort(BY_COST));
        int moves = 0;
        while (moves < mostMoves && moveOne(owned)) {
            moves++;
        }
        while (moves + 1 < mostMoves && swapOne(owned)) {
            moves += 2;
        }
        return moves;
    }

    /** Where targets are few and large, only an exchange helps the most loaded one. */
    private boolean swapOne(List<List<Item>> owned) {
        int donor = 0;
        for (int m = 1; m < load.length; m++) {
            donor = load[m] > load[donor] ? m : donor;
        }
        if (load[donor] <= MOST * average) {
            return false;
        }
        Item given = null;
        Item taken = null;
        for (int receiver = 0; receiver < load.length; receiver++) {
            double room = average * (1 + SLACK) - load[receiver];
            for (Item mine : owned.get(donor)) {
                for (Item other : room > 0 && mine.isKnownBy(receiver) ? owned.get(receiver) : List.<Item>of()) {
                    long gain = mine.cost - other.cost;
                    long best = given == null || taken == null ? 0 : given.cost - taken.cost;
                    if (gain > best && gain <= room && other.isKnownBy(donor)) {
                        given = mine;
                        taken = other;
                    }
                }
            }
        }
        if (given == null || taken == null) {
            return false;
        }
        int receiver = taken.owner;
        long gain = given.cost - taken.cost;
        owned.get(donor).remove(given);
        owned.get(receiver).remove(taken);
        given.owner = receiver;
        taken.owner = donor;
        load[donor] -= gain;
        load[receiver] += gain;
        return true;
    }

    private boolean moveOne(List<List<Item>> owned) {
        Integer[] byLoad = new Integer[load.length];
        Arrays.setAll(byLoad, m -> m);
        Arrays.sort(byLoad, Comparator.comparingDouble((Integer m) -> load[m]).thenComparing(m -> m));
        for (int d = byLoad.length - 1; d > 0; d--) {
            int donor = byLoad[d];
            for (int r = 0; r < d; r++) {
                int receiver = byLoad[r];
                boolean donorHigh = load[donor] > average * (1 + SLACK);
                boolean receiverLow = load[receiver] < average * (1 - SLACK);
                if (!donorHigh && !receiverLow) {
                    break;
                }
                Item moved = pick(owned.get(donor), donor, receiver);
                if (moved != null) {
                    owned.get(donor).remove(moved);
                    load[donor] -= moved.cost;
                    load[receiver] += moved.cost;
                    moved.owner = receiver;
                    return true;
                }
            }
        }
        return false;
    }

    /** The most expensive one that leaves neither beyond the slack, or else the cheapest that makes things better. */
    private @org.jspecify.annotations.Nullable Item pick(List<Item> candidates, int donor, int receiver) {
        double slack = average * SLACK;
        double limit = Math.min(load[donor] - average + slack, average - load[receiver] + slack);
        double gap = load[donor] - load[receiver];
        Item cheapest = null;
        for (int i = candidates.size() - 1; i >= 0; i--) {
            Item item = candidates.get(i);
            if (!item.isKnownBy(receiver)) {
                continue;
            }
            // Strictly better for the pair, so that this ends.
            if (item.cost <= limit && item.cost < gap) {
                return item;
            }
            cheapest = item;
        }
        return cheapest != null && cheapest.cost <= gap - slack ? cheapest : null;
    }
}

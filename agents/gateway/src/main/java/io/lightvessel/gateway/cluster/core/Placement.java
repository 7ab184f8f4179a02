package io.lightvessel.gateway.cluster.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** When to plan anew, with what, and what follows from the plan. */
final class Placement {

    /** Costs that have changed move at most this share of the targets at a time. */
    private static final double CALM = 0.1;

    private final Timing timing;
    private boolean dirty = true;
    private @Nullable List<MemberId> balancedFor;
    private long balancedAt = Long.MIN_VALUE / 4;
    private long waitsUntil = Long.MAX_VALUE;
    private @Nullable List<MemberId> plannedFor;
    private long plannedAt;

    Placement(Timing timing) {
        this.timing = timing;
    }

    void changed() {
        dirty = true;
    }

    void place(long now, List<MemberId> members, Table table, BiConsumer<Table.Entry, MemberId> decided) {
        boolean due = balancedFor != null && now - balancedAt >= timing.rebalance();
        // Every target that has arrived would else lead to a plan of all, while thousands are on their way.
        boolean tooSoon = now - plannedAt < timing.heartbeat() / 8 && members.equals(plannedFor);
        if ((!dirty && !due && now < waitsUntil) || members.isEmpty() || tooSoon) {
            return;
        }
        plannedFor = List.copyOf(members);
        plannedAt = now;
        dirty = false;
        waitsUntil = Long.MAX_VALUE;
        boolean membersChanged = !members.equals(balancedFor);
        Map<MemberId, Integer> index = new HashMap<>();
        members.forEach(id -> index.put(id, index.size()));
        long usual = usualCost(table);
        List<Table.Entry> entries = new ArrayList<>();
        List<Balance.Item> items = new ArrayList<>();
        for (Table.Entry entry : table.all()) {
            Balance.Item item = item(now, entry, index, usual);
            if (item == null) {
                continue;
            }
            entries.add(entry);
            items.add(item);
        }
        int most = membersChanged ? Integer.MAX_VALUE : due ? (int) Math.ceil(items.size() * CALM) : 0;
        int moves = Balance.plan(members, items, most);
        for (int i = 0; i < items.size(); i++) {
            Balance.Item item = items.get(i);
            if (item.owner != Balance.NOBODY && item.movable) {
                decided.accept(entries.get(i), members.get(item.owner));
            }
        }
        if (due || (membersChanged && moves == 0 && waitsUntil == Long.MAX_VALUE && allMovable(items))) {
            balancedFor = List.copyOf(members);
            balancedAt = now;
        }
    }

    private static boolean allMovable(List<Balance.Item> items) {
        return items.stream().allMatch(item -> item.movable);
    }

    private Balance.@Nullable Item item(long now, Table.Entry entry, Map<MemberId, Integer> index, long usual) {
        long knownBy = 0;
        for (MemberId id : entry.knownBy) {
            Integer at = index.get(id);
            if (at != null) {
                knownBy |= 1L << at;
            }
        }
        long cost = entry.cost > 0 ? entry.cost : usual;
        if (entry.to != null) {
            int to = index.getOrDefault(entry.to, Balance.NOBODY);
            return to == Balance.NOBODY ? null : new Balance.Item(entry.key, cost, knownBy, to, false);
        }
        if (entry.owner != null) {
            int owner = index.getOrDefault(entry.owner, Balance.NOBODY);
            boolean keeps = owner != Balance.NOBODY && entry.knownBy.contains(entry.owner);
            return new Balance.Item(entry.key, cost, knownBy, keeps ? owner : Balance.NOBODY, true);
        }
        if (entry.handedTo != null) {
            int at = index.getOrDefault(entry.handedTo, Balance.NOBODY);
            if (at != Balance.NOBODY && entry.knownBy.contains(entry.handedTo)) {
                return new Balance.Item(entry.key, cost, knownBy, at, true);
            }
        }
        boolean everyoneKnows = Long.bitCount(knownBy) == index.size();
        long until = entry.firstKnown + timing.lag();
        if (!everyoneKnows && now < until) {
            waitsUntil = Math.min(waitsUntil, until);
            return null;
        }
        return new Balance.Item(entry.key, cost, knownBy, Balance.NOBODY, true);
    }

    /** What a target of which nothing is known yet probably costs: as much as the others on average. */
    private static long usualCost(Table table) {
        long sum = 0;
        long count = 0;
        for (Table.Entry entry : table.all()) {
            if (entry.cost > 0) {
                sum += entry.cost;
                count++;
            }
        }
        return count == 0 ? 1 : Math.max(1, sum / count);
    }
}

package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.cluster.core.Content.Ended;
import io.lightvessel.gateway.cluster.core.Content.Grant;
import io.lightvessel.gateway.cluster.core.Content.Holding;
import io.lightvessel.gateway.cluster.core.Content.Order;
import io.lightvessel.gateway.cluster.core.Content.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives targets to members. It begins with what the members say they have, and gives out nothing that one which it has not
 * heard of might still have.
 */
final class Coordinator implements Leadership.Watcher {

    /** So many targets of one member move at a time: enough to be quick, few enough to bound what lies on the way. */
    private static final int MOVES_AT_ONCE = 512;

    private record Staged(long round, List<Runnable> sending) {}

    private final MemberId self;
    private final Timing timing;
    private final Effects effects;
    private final Leadership leadership;
    private final long term;
    private final Table table;
    private final Placement placement;
    private final Bulletin bulletin;
    private final Map<MemberId, Follower> parts = new LinkedHashMap<>();
    /** Members at the term's beginning of which it is not known what they have. */
    private final Set<MemberId> unheard;

    private final Map<MemberId, List<Grant>> takes = new HashMap<>();
    private final Map<MemberId, List<Order>> releases = new HashMap<>();
    private final Deque<Staged> staged = new ArrayDeque<>();
    private final long began;
    private View view;
    private long epochs;
    private boolean open;
    private long endsAt;

    Coordinator(
            long now,
            Member self,
            Timing timing,
            Effects effects,
            Leadership leadership,
            Config config,
            LongSupplier wallClock) {
        this.self = self.id();
        this.timing = timing;
        this.effects = effects;
        this.leadership = leadership;
        this.term = leadership.term();
        this.view = config.view();
        this.table = new Table(wallClock);
        this.placement = new Placement(timing);
        this.bulletin = new Bulletin(timing.heartbeat(), table);
        this.unheard = new HashSet<>(config.ids());
        this.began = now;
        config.ids().forEach(this::meet);
    }

    private Follower meet(MemberId id) {
        long session = Agreement.sessionOf(term, leadership.generation(id));
        Follower part = new Follower(new Link(id, Message.Channel.COMMANDS, session, timing.heartbeat(), effects));
        parts.put(id, part);
        return part;
    }

    @Override
    public void expired(long now, MemberId id, long generation) {
        gone(id);
        if (view.has(id)) {
            meet(id);
        }
    }

    @Override
    public void joins(MemberId id) {
        meet(id);
    }

    @Override
    public void agreed(long now, View next) {
        view = next;
        for (MemberId id : List.copyOf(parts.keySet())) {
            if (!next.has(id)) {
                gone(id);
            }
        }
        next.ids().forEach(id -> {
            if (!parts.containsKey(id)) {
                meet(id);
            }
        });
        placement.changed();
    }

    long sessionWith(MemberId id) {
        Follower part = parts.get(id);
        return part == null ? -1 : part.commands.session();
    }

    void reported(long now, MemberId from, Content content) {
        Follower part = parts.get(from);
        if (part == null) {
            return;
        }
        switch (content) {
            case Content.Held(List<Holding> holdings) -> holdings.forEach(holding -> held(now, from, holding));
            case Content.Known(List<TargetKey> added, List<TargetKey> removed) -> {
                added.forEach(key -> table.known(now, key, from));
                removed.forEach(key -> unknown(key, from));
                placement.changed();
            }
            case Content.Costs(List<Content.Cost> costs) -> costs.forEach(cost -> table.cost(cost.key(), cost.cost()));
            case Content.Ready() -> {
                part.ready = true;
                if (unheard.remove(from) && unheard.isEmpty()) {
                    // Such as were handed over once to one that still has them, but nobody knows any more.
                    List.copyOf(table.all()).forEach(table::forgetIfUnused);
                }
                placement.changed();
            }
            case Content.Released(List<Ended> ended) -> ended.forEach(end -> ended(from, end));
            case Content.Leave() -> {
                part.leaving = true;
                placement.changed();
            }
            case Content.Take _,
                    Content.Release _,
                    Content.Owners _,
                    Content.Left _,
                    Content.Dissolve _,
                    Content.Part _ -> {
                // Nothing that a member says to its coordinator.
            }
        }
    }

    private void unknown(TargetKey key, MemberId from) {
        table.unknown(key, from);
        Table.Entry entry = table.find(key);
        if (entry != null) {
            endIfUnknown(entry);
        }
    }

    private void endIfUnknown(Table.Entry entry) {
        if (entry.knownBy.isEmpty() && entry.owner != null && entry.to == null) {
            table.moving(entry, MemberId.NOBODY);
            releases.computeIfAbsent(entry.owner, _ -> new ArrayList<>())
                    .add(new Order(entry.key, entry.epoch, MemberId.NOBODY));
        }
    }

    /** It has nothing any more: its lease is surely over, or nobody proposes a view without one that has something. */
    private void gone(MemberId id) {
        unheard.remove(id);
        parts.remove(id);
        table.freeAll(id);
        table.all().forEach(this::endIfUnknown);
        placement.changed();
    }

    private void held(long now, MemberId from, Holding holding) {
        Table.Entry entry = table.entry(now, holding.key());
        MemberId other = entry.owner;
        if (holding.phase() == Phase.HANDED) {
            if (other == null && holding.epoch() > entry.epoch) {
                entry.handedTo = from;
                entry.epoch = holding.epoch();
            }
            return;
        }
        if (other != null && !other.equals(from)) {
            // Never seen; if it were, the older of the two would have to stop.
            boolean newer = holding.epoch() > entry.epoch;
            MemberId older = newer ? other : from;
            long olderEpoch = newer ? entry.epoch : holding.epoch();
            releases.computeIfAbsent(older, _ -> new ArrayList<>())
                    .add(new Order(holding.key(), olderEpoch, newer ? from : other));
            if (!newer) {
                return;
            }
        }
        table.owned(entry, from, holding.epoch());
        entry.given = holding.phase() == Phase.GIVEN;
    }

    private void ended(MemberId from, Ended end) {
        Table.Entry entry = table.find(end.key());
        if (entry == null || entry.epoch != end.epoch() || !from.equals(entry.owner)) {
            return;
        }
        MemberId to = entry.to;
        MemberId at = end.handedTo();
        table.free(entry);
        entry.handedTo = at;
        if (entry.knownBy.isEmpty()) {
            table.forgetIfUnused(entry);
        } else if (at != null && isThere(at)) {
            // Where the hand-over lies, whatever was planned since: from there it moves on with it.
            grant(entry, at);
        } else if (to != null && isEligible(to)) {
            grant(entry, to);
        }
        placement.changed();
    }

    private boolean isThere(MemberId id) {
        Follower part = parts.get(id);
        return part != null && part.isThere() && view.has(id) && leadership.keeps(id);
    }

    private boolean isEligible(MemberId id) {
        Follower part = parts.get(id);
        return part != null && !part.leaving && isThere(id);
    }

    void tick(long now) {
        place(now);
        flush(now);
        farewells(now);
        bulletin.tell(now, parts.values());
        parts.values().forEach(part -> part.commands.tick(now));
    }

    private void place(long now) {
        // What one that retires began, its successor would not know.
        if (!unheard.isEmpty() || leadership.isRetiring() || !isOpen(now)) {
            return;
        }
        List<MemberId> eligible =
                view.ids().stream().filter(this::isEligible).sorted().toList();
        placement.place(now, eligible, table, this::decided);
    }

    private void decided(Table.Entry entry, MemberId target) {
        MemberId owner = entry.owner;
        if (owner == null) {
            MemberId at = entry.handedTo;
            grant(entry, at != null && isThere(at) ? at : target);
        } else if (owner.equals(target)) {
            if (entry.given) {
                grant(entry, target);
            }
        } else if (table.moving(owner) < MOVES_AT_ONCE) {
            table.moving(entry, target);
            releases.computeIfAbsent(owner, _ -> new ArrayList<>()).add(new Order(entry.key, entry.epoch, target));
        } else {
            placement.changed();
        }
    }

    private void grant(Table.Entry entry, MemberId to) {
        long previous = to.equals(entry.handedTo) ? entry.epoch : 0;
        table.owned(entry, to, term << 32 | ++epochs);
        takes.computeIfAbsent(to, _ -> new ArrayList<>()).add(new Grant(entry.key, entry.epoch, previous));
    }

    private boolean isOpen(long now) {
        if (!open) {
            long ready = parts.values().stream().filter(part -> part.ready).count();
            boolean shrunk = view.opened() && view.members().size() < timing.minMembers();
            open = ready >= timing.minMembers()
                    || shrunk
                    || table.isAnythingOwned()
                    || (timing.minMembersWait() > 0 && now - began >= timing.minMembersWait());
        }
        return open;
    }

    /** Whether it waits for more members before it gives out anything. */
    boolean isWaiting() {
        return !open;
    }

    /**
     * What was decided goes out when a round that began later is confirmed: another coordinator, if there is one by now,
     * was then elected after the decision, and will hear of its result or wait for the leases to end.
     */
    private void flush(long now) {
        if (!takes.isEmpty() || !releases.isEmpty()) {
            List<Runnable> sending = new ArrayList<>();
            // A target given and at once moved on must arrive in this order.
            takes.forEach((to, grants) -> stage(sending, now, to, grants, Content.Take::new));
            releases.forEach((to, orders) -> stage(sending, now, to, orders, Content.Release::new));
            takes.clear();
            releases.clear();
            staged.add(new Staged(leadership.beginRound(now), sending));
        }
        while (!staged.isEmpty() && leadership.isConfirmed(staged.getFirst().round())) {
            staged.remove().sending().forEach(Runnable::run);
        }
    }

    private <T> void stage(
            List<Runnable> sending, long now, MemberId to, List<T> all, Function<List<T>, Content> make) {
        Follower part = parts.get(to);
        if (part != null) {
            Chunks.of(
                    all,
                    chunk -> sending.add(() -> {
                        if (parts.get(to) == part) {
                            part.commands.add(now, make.apply(chunk));
                        }
                    }));
        }
    }

    /** Lets go who wanted to go and has nothing left. */
    private void farewells(long now) {
        if (!view.has(self) && isAtRest()) {
            // Elected while a view without it was under way.
            leadership.retire();
        }
        boolean someoneStays = parts.values().stream().anyMatch(part -> !part.leaving);
        for (Map.Entry<MemberId, Follower> each : parts.entrySet()) {
            Follower part = each.getValue();
            boolean busy = someoneStays && (table.owns(each.getKey()) || table.isBoundFor(each.getKey()));
            if (!part.leaving || part.farewell || !part.ready || busy) {
                continue;
            }
            if (each.getKey().equals(self) && someoneStays) {
                if (isAtRest()) {
                    leadership.retire();
                }
                continue;
            }
            if (each.getKey().equals(self) && !mayEnd(now)) {
                continue;
            }
            part.farewell = true;
            if (someoneStays) {
                leadership.release(each.getKey());
            } else {
                part.commands.add(now, new Content.Left());
            }
        }
    }

    /** When nobody stays, the coordinator goes last, but does not wait for long for those that may be gone. */
    private boolean mayEnd(long now) {
        if (endsAt == 0) {
            endsAt = now + timing.detection() / 2;
        }
        return now >= endsAt
                || parts.entrySet().stream()
                        .allMatch(each -> each.getKey().equals(self)
                                || (each.getValue().farewell
                                        && each.getValue().commands.isIdle()));
    }

    /** A successor would not know of hand-overs and commands on their way. */
    private boolean isAtRest() {
        return table.isAtRest() && staged.isEmpty() && parts.values().stream().allMatch(part -> part.commands.isIdle());
    }

    void acknowledged(long now, MemberId from, Message.FrameAck ack) {
        Follower part = parts.get(from);
        if (part != null) {
            part.commands.acknowledged(now, ack.session(), ack.upTo());
        }
    }

    /** Ends this cluster in favour of another. */
    void dissolve(long now) {
        parts.forEach((id, part) -> {
            if (!id.equals(self)) {
                part.commands.add(now, new Content.Dissolve());
            }
        });
    }

    @Nullable
    View view() {
        return view;
    }
}

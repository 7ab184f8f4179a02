package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.cluster.core.Content.Ended;
import io.lightvessel.gateway.cluster.core.Content.Grant;
import io.lightvessel.gateway.cluster.core.Content.Holding;
import io.lightvessel.gateway.cluster.core.Content.Order;
import io.lightvessel.gateway.cluster.core.Content.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this replica knows and owns, as member of a cluster, whoever coordinates it. */
final class Holdings {

    /** A target that this replica owns, or did until it was told to give it up. */
    private static final class Mine {
        long epoch;
        long ticket;
        boolean giving;
        boolean given;
        boolean handing;
        /** Was granted when the target was no longer known here: kept only to be passed on. */
        boolean passing;

        @Nullable
        MemberId to;

        @Nullable
        Handover handover;

        long deadline;
    }

    private final MemberId self;
    private final Timing timing;
    private final Effects effects;
    private final Handovers handovers;
    private final Map<String, Set<TargetKey>> known = new HashMap<>();
    private final Map<TargetKey, Mine> mine = new HashMap<>();
    /** Those of {@link #mine} that are being given away. */
    private final Set<TargetKey> ending = new HashSet<>();

    private final Costs costs = new Costs();
    private @Nullable Link reports;
    private boolean leaving;

    Holdings(MemberId self, Timing timing, Effects effects) {
        this.self = self;
        this.timing = timing;
        this.effects = effects;
        this.handovers = new Handovers(timing, effects);
    }

    void session(long now, MemberId coordinator, long session, boolean keeps) {
        if (!keeps) {
            loseAll();
        }
        Link link = new Link(coordinator, Message.Channel.REPORTS, session, timing.heartbeat(), effects);
        reports = link;
        List<Holding> held = new ArrayList<>();
        mine.forEach((key, m) -> {
            // Where it goes, the new coordinator says anew; what is on its way already arrives there.
            m.to = m.handing ? m.to : null;
            held.add(new Holding(key, m.epoch, m.giving ? Phase.GIVEN : Phase.OWNED));
        });
        held.addAll(handovers.atSession());
        Chunks.of(held, part -> link.add(now, new Content.Held(part)));
        known.values().forEach(keys -> Chunks.of(keys, part -> link.add(now, new Content.Known(part, List.of()))));
        Chunks.of(costs.all(), part -> link.add(now, new Content.Costs(part)));
        if (leaving) {
            link.add(now, new Content.Leave());
        }
        link.add(now, new Content.Ready());
    }

    void discovered(long now, String pool, Collection<TargetKey> keys) {
        Set<TargetKey> after = new LinkedHashSet<>(keys);
        Set<TargetKey> before = after.isEmpty() ? known.remove(pool) : known.put(pool, after);
        Set<TargetKey> old = before == null ? Set.of() : before;
        List<TargetKey> added = new ArrayList<>();
        List<TargetKey> removed = new ArrayList<>();
        after.forEach(key -> {
            if (!old.contains(key)) {
                added.add(key);
                goOn(key);
            }
        });
        List<Ended> ended = new ArrayList<>();
        old.forEach(key -> {
            if (!after.contains(key)) {
                removed.add(key);
                costs.forget(key);
                Mine m = mine.get(key);
                if (m != null && !m.giving) {
                    mine.remove(key);
                    ended.add(new Ended(key, m.epoch, null));
                    effects.drop(key);
                }
            }
        });
        report(now, ended);
        Link link = reports;
        if (link != null) {
            Chunks.of(added, part -> link.add(now, new Content.Known(part, List.of())));
            Chunks.of(removed, part -> link.add(now, new Content.Known(List.of(), part)));
        }
    }

    /** It was kept to be passed on, but is known here now, and nobody has asked for it yet. */
    private void goOn(TargetKey key) {
        Mine kept = mine.get(key);
        if (kept != null && kept.passing && kept.to == null) {
            mine.put(key, owned(kept.epoch));
            effects.take(key, kept.handover);
        }
    }

    private boolean knows(TargetKey key) {
        return known.getOrDefault(key.pool(), Set.of()).contains(key);
    }

    void take(long now, List<Grant> grants) {
        List<Ended> refused = new ArrayList<>();
        for (Grant grant : grants) {
            TargetKey key = grant.key();
            Handover stashed = handovers.take(key, grant.previous());
            Mine had = mine.get(key);
            if (had != null && !had.giving) {
                had.epoch = grant.epoch();
                continue;
            }
            if (had != null && !had.given) {
                // Still ending it: the coordinator only says so after a change of mind, of its own or its
                // predecessor's.
                had.to = self;
                had.epoch = grant.epoch();
                continue;
            }
            Handover handover = had == null ? stashed : had.handover;
            if (knows(key)) {
                mine.put(key, owned(grant.epoch()));
                effects.take(key, handover);
            } else if (handover != null) {
                keep(key, grant.epoch(), handover);
            } else {
                mine.remove(key);
                refused.add(new Ended(key, grant.epoch(), null));
            }
        }
        report(now, refused);
    }

    /** The target is not known here any more, or not yet, but what its last owner knew must not be lost. */
    private void keep(TargetKey key, long epoch, Handover handover) {
        Mine kept = owned(epoch);
        kept.giving = true;
        kept.given = true;
        kept.passing = true;
        kept.handover = handover;
        mine.put(key, kept);
        ending.add(key);
    }

    private static Mine owned(long epoch) {
        Mine owned = new Mine();
        owned.epoch = epoch;
        return owned;
    }

    void release(long now, List<Order> orders) {
        List<Ended> done = new ArrayList<>();
        for (Order order : orders) {
            Mine m = mine.get(order.key());
            if (m == null || m.epoch != order.epoch()) {
                done.add(new Ended(order.key(), order.epoch(), null));
            } else if (m.given) {
                // The one that it is on its way to may be gone.
                if (!m.handing || !order.to().equals(m.to)) {
                    m.to = order.to();
                    hand(now, order.key(), m);
                }
            } else {
                m.to = order.to();
                if (!m.giving) {
                    ending.add(order.key());
                    m.giving = true;
                    m.ticket = m.epoch;
                    m.deadline = now + timing.handover();
                    effects.give(order.key(), m.epoch);
                }
            }
        }
        report(now, done);
    }

    void given(long now, TargetKey key, long epoch, @Nullable Handover handover) {
        Mine m = mine.get(key);
        if (m == null || !m.giving || m.given || m.ticket != epoch) {
            return;
        }
        m.given = true;
        m.handover = handover;
        if (self.equals(m.to)) {
            mine.put(key, owned(m.epoch));
            effects.take(key, handover);
            return;
        }
        if (m.to != null) {
            hand(now, key, m);
        }
    }

    private void hand(long now, TargetKey key, Mine m) {
        m.deadline = now + timing.handover();
        MemberId to = m.to;
        Handover handover = m.handover;
        if (to == null || to.equals(MemberId.NOBODY) || handover == null) {
            end(now, key, m, null);
            return;
        }
        m.handing = true;
        handovers.send(now, to, key, m.epoch, handover, () -> arrived(now, key, m, to));
    }

    private void arrived(long now, TargetKey key, Mine m, MemberId at) {
        if (at.equals(m.to)) {
            end(now, key, m, at);
        }
    }

    private void end(long now, TargetKey key, Mine m, @Nullable MemberId handedTo) {
        if (mine.remove(key, m)) {
            report(now, List.of(new Ended(key, m.epoch, handedTo)));
        }
    }

    private void report(long now, List<Ended> ended) {
        Link link = reports;
        if (link != null) {
            Chunks.of(ended, part -> link.add(now, new Content.Released(part)));
        }
    }

    /** The lease has ended: nothing may go on here, and the coordinator must not think so. */
    void lost(long now, boolean fresh) {
        List<Ended> ended = new ArrayList<>();
        mine.forEach((key, m) -> ended.add(new Ended(key, m.epoch, null)));
        loseAll();
        if (fresh) {
            reports = null;
        } else {
            report(now, ended);
        }
    }

    private void loseAll() {
        for (TargetKey key : List.copyOf(mine.keySet())) {
            mine.remove(key);
            effects.lose(key);
        }
    }

    void part(long now, Content.Part part) {
        handovers.arrived(now, part);
    }

    void cost(TargetKey key, long cost) {
        if (knows(key)) {
            costs.measured(key, cost);
        }
    }

    void tick(long now) {
        Link link = reports;
        if (link != null) {
            Chunks.of(costs.changed(), part -> link.add(now, new Content.Costs(part)));
            link.tick(now);
        }
        handovers.tick(now);
        for (TargetKey key : List.copyOf(ending)) {
            Mine m = mine.get(key);
            if (m == null || !m.giving) {
                ending.remove(key);
            } else if (m.to != null && now >= m.deadline) {
                if (!m.given) {
                    effects.lose(key);
                }
                end(now, key, m, null);
            }
        }
    }

    /** Knows the pool's targets no more, but keeps what it owns of them until another has it. */
    void withdraw(long now, String pool) {
        Set<TargetKey> keys = known.remove(pool);
        Link link = reports;
        if (keys != null && link != null) {
            Chunks.of(keys, part -> link.add(now, new Content.Known(List.of(), part)));
        }
    }

    void leave(long now) {
        leaving = true;
        Link link = reports;
        if (link != null) {
            link.add(now, new Content.Leave());
        }
    }

    void acknowledged(long now, MemberId from, Message.FrameAck ack) {
        if (ack.channel() == Message.Channel.HANDOVER) {
            handovers.acknowledged(now, from, ack);
        } else if (reports != null) {
            reports.acknowledged(now, ack.session(), ack.upTo());
        }
    }

    boolean holdsNothing() {
        return mine.isEmpty();
    }
}

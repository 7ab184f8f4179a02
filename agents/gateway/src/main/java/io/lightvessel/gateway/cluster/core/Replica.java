package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.cluster.core.Message.Ack;
import io.lightvessel.gateway.cluster.core.Message.Ballot;
import io.lightvessel.gateway.cluster.core.Message.Frame;
import io.lightvessel.gateway.cluster.core.Message.FrameAck;
import io.lightvessel.gateway.cluster.core.Message.Goodbye;
import io.lightvessel.gateway.cluster.core.Message.Hello;
import io.lightvessel.gateway.cluster.core.Message.Refused;
import io.lightvessel.gateway.cluster.core.Message.Renew;
import io.lightvessel.gateway.cluster.core.Message.Standing;
import io.lightvessel.gateway.cluster.core.Message.Vote;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One replica's whole part in the cluster. Not thread-safe; every method takes the time of a clock that only this replica
 * reads, in nanoseconds since some moment before it began.
 */
public final class Replica {

    private final Member self;
    private final Timing timing;
    private final Loopback effects;
    private final Peers peers;
    private final Agreement agreement;
    private final Holdings holdings;
    private final Foundation foundation;
    private final Directory directory = new Directory();
    private final Map<MemberId, Map<Message.Channel, Inbox>> inboxes = new HashMap<>();
    private final LongSupplier wallClock;
    private @Nullable Coordinator coordinator;
    private long helloAt;
    private boolean leaving;
    private boolean out;

    /** @param wallClock milliseconds since the epoch, for answers only */
    public Replica(Member self, Timing timing, TieBreak tieBreak, Effects effects, LongSupplier wallClock) {
        this.self = self;
        this.timing = timing;
        this.wallClock = wallClock;
        this.effects = new Loopback(self.id(), effects);
        this.peers = new Peers(self.id());
        this.agreement = new Agreement(self, timing, tieBreak, this.effects, new Turns(), peers);
        this.holdings = new Holdings(self.id(), timing, this.effects);
        this.foundation = new Foundation(self.id(), timing);
    }

    /** What the agreement leads to here. */
    private final class Turns implements Agreement.Listener {

        @Override
        public void session(long now, MemberId by, long session, boolean keepsHoldings) {
            holdings.session(now, by, session, keepsHoldings);
        }

        @Override
        public void lost(long now, boolean fresh) {
            holdings.lost(now, fresh);
            if (fresh) {
                foundation.fresh(now);
            }
        }

        @Override
        public void leads(long now, Leadership leadership) {
            Config config = Objects.requireNonNull(agreement.config());
            Coordinator made = new Coordinator(now, self, timing, effects, leadership, config, wallClock);
            leadership.watch(made);
            coordinator = made;
        }

        @Override
        public void leadsNoLonger() {
            coordinator = null;
        }
    }

    /** To be called often, a quarter of the heartbeat or so. */
    public void tick(long now) {
        if (out) {
            return;
        }
        agreement.tick(now);
        if (leaving && (agreement.config() == null || agreement.isDeserted())) {
            abandon(now);
            return;
        }
        if (agreement.config() == null && foundation.mayFound(now, peers) && !leaving) {
            agreement.found(now, foundation.lineage(now));
        }
        meetOthers(now);
        holdings.tick(now);
        drain(now);
        // What the members just said, above all this one, goes into the same round of decisions.
        if (coordinator != null) {
            coordinator.tick(now);
        }
        if (now >= helloAt) {
            hello(now);
        }
        drain(now);
    }

    private void hello(long now) {
        helloAt = now + timing.detection() / 4;
        Hello hello = agreement.hello(now);
        peers.reachable().forEach(id -> effects.send(id, hello));
    }

    /** @param expected how many replicas there should be as discovery says, with this one; 0 when unknown */
    public void reachable(long now, Set<MemberId> others, int expected) {
        boolean changed = !peers.reachable().equals(others);
        peers.changed(others, expected);
        inboxes.keySet().removeIf(id -> !others.contains(id) && !id.equals(self.id()) && !isMember(id));
        foundation.connected(now, changed);
        if (changed) {
            helloAt = now;
        }
        tick(now);
    }

    private boolean isMember(MemberId id) {
        Config config = agreement.config();
        return config != null && config.has(id);
    }

    public void receive(long now, MemberId from, Message message) {
        if (!out) {
            handle(now, from, message);
            drain(now);
        }
    }

    private void drain(long now) {
        for (Message message = effects.poll(); message != null; message = effects.poll()) {
            handle(now, self.id(), message);
        }
    }

    private void handle(long now, MemberId from, Message message) {
        switch (message) {
            case Hello hello -> {
                peers.heard(now, from, hello);
                remind(from, hello);
            }
            case Ballot ballot -> agreement.candidacy().asked(now, from, ballot);
            case Vote vote -> agreement.candidacy().voted(now, from, vote);
            case Renew renew -> agreement.renewed(now, from, renew);
            case Ack ack -> {
                Leadership leading = agreement.leadership();
                if (leading != null) {
                    leading.acknowledged(now, from, ack);
                }
            }
            case Refused refused -> agreement.refused(refused);
            case Goodbye() -> agreement.goodbye(from);
            case Frame frame -> framed(now, from, frame);
            case FrameAck ack -> {
                if (ack.channel() == Message.Channel.COMMANDS) {
                    if (coordinator != null) {
                        coordinator.acknowledged(now, from, ack);
                    }
                } else {
                    holdings.acknowledged(now, from, ack);
                }
            }
        }
    }

    private void remind(MemberId from, Hello hello) {
        Config config = agreement.config();
        Leadership leading = agreement.leadership();
        if (leading != null
                && config != null
                && config.isAgreed()
                && hello.standing() != Standing.FRESH
                && hello.lineage() == config.view().lineage()
                && !config.has(from)) {
            leading.remind(from);
        }
    }

    private void framed(long now, MemberId from, Frame frame) {
        if (!isCurrent(from, frame)) {
            return;
        }
        Inbox inbox =
                inboxes.computeIfAbsent(from, _ -> new HashMap<>()).computeIfAbsent(frame.channel(), _ -> new Inbox());
        inbox.offer(frame);
        for (Frame next = inbox.next(); next != null; next = inbox.next()) {
            // One of them may have ended the session that the others belong to.
            if (isCurrent(from, next)) {
                content(now, from, next);
            }
        }
        if (frame.session() == inbox.session()) {
            effects.send(from, new FrameAck(frame.channel(), inbox.session(), inbox.last()));
        }
    }

    /** Commands count only within the session that this replica is in, reports within the coordinator's. */
    private boolean isCurrent(MemberId from, Frame frame) {
        return switch (frame.channel()) {
            case COMMANDS -> from.equals(agreement.leader()) && frame.session() == agreement.session();
            case REPORTS -> coordinator != null && frame.session() == coordinator.sessionWith(from);
            case HANDOVER -> isMember(from);
        };
    }

    private void content(long now, MemberId from, Frame frame) {
        if (frame.channel() == Message.Channel.REPORTS) {
            if (coordinator != null) {
                coordinator.reported(now, from, frame.content());
            }
            return;
        }
        switch (frame.content()) {
            case Content.Part part -> holdings.part(now, part);
            case Content.Take take -> holdings.take(now, take.grants());
            case Content.Release release -> holdings.release(now, release.orders());
            case Content.Owners owners -> directory.told(owners);
            case Content.Left() -> abandon(now);
            case Content.Dissolve() -> agreement.dissolve(now);
            case Content.Held _,
                    Content.Known _,
                    Content.Ready _,
                    Content.Costs _,
                    Content.Released _,
                    Content.Leave _ -> {
                // Reports come through their own channel.
            }
        }
    }

    /** Two clusters that meet become one; a member that all others have left behind begins anew. */
    private void meetOthers(long now) {
        Config config = agreement.config();
        if (config == null) {
            return;
        }
        Map<MemberId, Hello> recent = peers.recent(now, timing.detection());
        if (coordinator != null && agreement.isLeased()) {
            for (Hello other : recent.values()) {
                if (other.leading() && foundation.yieldsTo(config.view(), other)) {
                    coordinator.dissolve(now);
                    agreement.dissolve(now);
                    return;
                }
            }
        }
        boolean abandoned =
                agreement.withoutLease(now) > timing.detection() && config.ids().size() > 1;
        for (MemberId id : config.ids()) {
            Hello hello = recent.get(id);
            abandoned &= id.equals(self.id())
                    || (hello != null && hello.lineage() != config.view().lineage());
        }
        if (abandoned) {
            agreement.dissolve(now);
        }
    }

    public void discovered(long now, String pool, Collection<TargetKey> keys) {
        holdings.discovered(now, pool, keys);
        drain(now);
    }

    /** The pool goes: what it owns goes to others that know it. */
    public void withdraw(long now, String pool) {
        holdings.withdraw(now, pool);
        drain(now);
    }

    public void cost(TargetKey key, long cost) {
        holdings.cost(key, cost);
    }

    /** @param handover null when there is none */
    public void given(long now, TargetKey key, long epoch, @Nullable Handover handover) {
        holdings.given(now, key, epoch, handover);
        drain(now);
    }

    /** The arbiter has named the half of a view that counts. */
    public void ruled(Arbiter.Claim claim, Set<MemberId> half) {
        agreement.ruled(claim.lineage(), claim.view(), half);
    }

    /** Hands over everything, then leaves; {@link Effects#left} says when. */
    public void leave(long now) {
        leaving = true;
        agreement.leave();
        if (agreement.config() == null) {
            abandon(now);
            return;
        }
        holdings.leave(now);
        drain(now);
    }

    /** Leaves at once. What is still owned is lost, but the others need not wait for the lease to expire. */
    public void abandon(long now) {
        if (out) {
            return;
        }
        Config config = agreement.config();
        MemberId leader = agreement.leader();
        agreement.forget(now);
        if (config != null) {
            Set<MemberId> told = config.ids();
            if (leader != null) {
                told.add(leader);
            }
            told.forEach(id -> effects.send(id, new Goodbye()));
        }
        out = true;
        effects.left();
    }

    @Nullable
    Config config() {
        return agreement.config();
    }

    /** What is wrong, empty when nothing is. */
    public String problem(long now) {
        return Snapshot.problem(agreement, coordinator, foundation, peers, timing);
    }

    public Snapshot snapshot(long now) {
        return Snapshot.of(self, agreement, coordinator, foundation, directory, peers, timing, now);
    }
}

package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.core.Message.Ack;
import io.lightvessel.gateway.cluster.core.Message.Hello;
import io.lightvessel.gateway.cluster.core.Message.Renew;
import io.lightvessel.gateway.cluster.core.Message.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the coordinator of a term does for the agreement: renews leases, notices who is gone, proposes the next view. */
final class Leadership {

    static final long NO_ECHO = Long.MIN_VALUE;
    private static final int ROUNDS = 64;

    /** Told about members by the one who leads. */
    interface Watcher {
        /** Its lease has surely expired: what it had is free. */
        void expired(long now, MemberId id, long generation);

        /** Is proposed as a member; what it says may count from now on. */
        void joins(MemberId id);

        void agreed(long now, View view);
    }

    private record Round(long sentAt, Config config, Set<MemberId> acks) {}

    private static final class Peer {
        long expiresAt;
        long echo = NO_ECHO;
        long generation;
        long firstRound;
        boolean gone;
        long heardAt;
    }

    private final Agreement agreement;
    private final Member self;
    private final Timing timing;
    private final TieBreak tieBreak;
    private final Effects effects;
    private final Quorum quorum;
    private final Peers peers;
    private final long term;
    private final Map<MemberId, Peer> known = new HashMap<>();
    private final Map<MemberId, Long> generations = new HashMap<>();
    private final TreeMap<Long, Round> rounds = new TreeMap<>();
    private final Set<MemberId> leaving = new HashSet<>();
    private @Nullable Watcher watcher;
    private long round;
    private long confirmed;
    private long confirmedSentAt;
    private long beatAt;
    private boolean retiring;

    Leadership(
            Agreement agreement,
            Member self,
            Timing timing,
            TieBreak tieBreak,
            Effects effects,
            Quorum quorum,
            Peers peers,
            long term) {
        this.agreement = agreement;
        this.self = self;
        this.timing = timing;
        this.tieBreak = tieBreak;
        this.effects = effects;
        this.quorum = quorum;
        this.peers = peers;
        this.term = term;
    }

    void begin(long now, long bound) {
        confirmedSentAt = now;
        beatAt = now;
        for (MemberId id : config().ids()) {
            if (!id.equals(self.id())) {
                Peer peer = new Peer();
                // Whoever is alive gets time to answer; whoever is not has no lease longer than the bound says.
                peer.expiresAt = Math.max(bound + timing.expiry(), now + timing.detection());
                peer.heardAt = now;
                known.put(id, peer);
            }
        }
    }

    void watch(Watcher toTell) {
        watcher = toTell;
    }

    long generation(MemberId id) {
        return generations.getOrDefault(id, 0L);
    }

    private Config config() {
        return Objects.requireNonNull(agreement.config());
    }

    long term() {
        return term;
    }

    void tick(long now) {
        for (MemberId id : config().ids()) {
            Peer peer = known.get(id);
            if (peer != null && !peer.gone && now >= peer.expiresAt) {
                expire(now, id, peer);
            }
        }
        if (now - confirmedSentAt >= timing.lease()) {
            agreement.stepDown();
            return;
        }
        propose(now);
        if (now >= beatAt) {
            askArbiter(now);
            beat(now);
        }
    }

    private void expire(long now, MemberId id, Peer peer) {
        peer.gone = true;
        peer.generation = generations.merge(id, 1L, Long::sum);
        peer.firstRound = round + 1;
        if (watcher != null) {
            watcher.expired(now, id, peer.generation);
        }
    }

    /** It holds nothing, for it said so before it ended. */
    void gone(MemberId id) {
        leaving.add(id);
        Peer peer = known.get(id);
        if (peer != null) {
            peer.expiresAt = Long.MIN_VALUE / 4;
        }
    }

    /**
     * It leaves and holds nothing: the next view is without it. It has to stay until that view is agreed, for its word may
     * be needed; then it is told.
     */
    void release(MemberId id) {
        leaving.add(id);
    }

    /** Whether it is a member, and the next view does not end that. */
    boolean keeps(MemberId id) {
        return config().view().has(id);
    }

    private void beat(long now) {
        beatAt = now + timing.heartbeat();
        round++;
        Config config = config();
        Set<MemberId> acks = new HashSet<>();
        acks.add(self.id());
        rounds.put(round, new Round(now, config, acks));
        while (rounds.size() > ROUNDS) {
            rounds.pollFirstEntry();
        }
        for (MemberId id : config.ids()) {
            Peer peer = known.get(id);
            if (peer != null) {
                effects.send(id, new Renew(term, round, peer.generation, peer.echo, confirmed, config, retiring));
            }
        }
        confirm(now, round);
    }

    void acknowledged(long now, MemberId from, Ack ack) {
        Peer peer = known.get(from);
        Round of = rounds.get(ack.round());
        if (ack.term() != term || peer == null || of == null) {
            return;
        }
        peer.heardAt = now;
        if (peer.echo == NO_ECHO || ack.stamp() > peer.echo) {
            peer.echo = ack.stamp();
        }
        if (ack.round() >= peer.firstRound && !leaving.contains(from)) {
            peer.gone = false;
            peer.expiresAt = Math.max(peer.expiresAt, now + timing.expiry());
        }
        of.acks().add(from);
        confirm(now, ack.round());
    }

    /**
     * Begins a round now. Once it is confirmed, nobody else was coordinator before it began, so what was decided by then
     * cannot contradict what another has decided.
     */
    long beginRound(long now) {
        beat(now);
        return round;
    }

    boolean isConfirmed(long ofRound) {
        return confirmed >= ofRound;
    }

    private void confirm(long now, long candidate) {
        Round of = rounds.get(candidate);
        if (of == null || candidate <= confirmed || !quorum.isReached(of.config(), of.acks())) {
            return;
        }
        confirmed = candidate;
        confirmedSentAt = of.sentAt();
        agreement.extendLease(now, of.sentAt() + timing.lease());
        Config config = config();
        if (!config.isAgreed() && of.config().equals(config)) {
            agreement.config(new Config(config.view(), null));
            Set<MemberId> removed = new HashSet<>(known.keySet());
            removed.removeAll(config.view().ids());
            removed.forEach(this::remind);
            known.keySet().retainAll(config.view().ids());
            leaving.retainAll(known.keySet());
            if (watcher != null) {
                watcher.agreed(now, config.view());
            }
            beatAt = now;
        }
    }

    private void propose(long now) {
        Config config = config();
        if (!config.isAgreed()) {
            return;
        }
        View view = config.view();
        List<Member> next = new ArrayList<>();
        for (Member member : view.members()) {
            Peer peer = known.get(member.id());
            if (peer == null || !(peer.gone || leaving.contains(member.id()))) {
                next.add(member);
            }
        }
        Map<MemberId, Hello> recent = peers.recent(now, timing.detection());
        recent.values().stream()
                .filter(hello -> hello.standing() == Standing.FRESH
                        && !view.has(hello.self().id()))
                .map(Hello::self)
                .sorted(Comparator.comparing(Member::id))
                .limit(Math.max(0, View.MAX_MEMBERS - next.size()))
                .forEach(next::add);
        // With an arbiter a new view of the same members would only need a new ruling, and the lease may not last so
        // long.
        boolean breaksTies = view.tieBreak() == tieBreak
                && (tieBreak == TieBreak.ARBITER || view.tieBreaker().equals(self.id()));
        if (next.equals(view.members()) && breaksTies) {
            return;
        }
        for (Member member : next) {
            if (!member.id().equals(self.id()) && !known.containsKey(member.id())) {
                Peer peer = new Peer();
                // Never a generation again that this term has seen: it may have been a member before.
                peer.generation = generations.merge(member.id(), 1L, Long::sum);
                peer.expiresAt = now + timing.expiry();
                peer.heardAt = now;
                known.put(member.id(), peer);
                if (watcher != null) {
                    watcher.joins(member.id());
                }
            }
        }
        boolean opened = view.opened() || next.size() >= timing.minMembers();
        View proposed = new View(view.lineage(), view.number() + 1, term, next, self.id(), tieBreak, opened);
        agreement.config(new Config(proposed, view));
        beatAt = now;
    }

    /** A former member that does not know that it is one is told. */
    void remind(MemberId id) {
        effects.send(id, new Renew(term, ++round, 0, NO_ECHO, 0, config(), retiring));
    }

    private void askArbiter(long now) {
        if (now - confirmedSentAt < timing.detection()) {
            return;
        }
        Set<MemberId> answering = new HashSet<>();
        answering.add(self.id());
        known.forEach((id, peer) -> {
            if (now - peer.heardAt < timing.detection()) {
                answering.add(id);
            }
        });
        Arbiter.Claim claim = quorum.open(config(), answering);
        if (claim != null) {
            effects.claim(claim);
        }
    }

    void retire() {
        if (!retiring) {
            retiring = true;
            beatAt = Long.MIN_VALUE / 4;
        }
    }

    boolean isRetiring() {
        return retiring;
    }
}

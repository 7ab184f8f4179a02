package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.core.Message.Ack;
import io.lightvessel.gateway.cluster.core.Message.Hello;
import io.lightvessel.gateway.cluster.core.Message.Refused;
import io.lightvessel.gateway.cluster.core.Message.Renew;
import io.lightvessel.gateway.cluster.core.Message.Standing;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A replica's part in agreeing on views, on a coordinator for each term, and on how long it may go on. Follows the rules of
 * Raft with joint membership changes, where what is agreed on is the view alone; a lease never counts from a moment after
 * the quorum behind it spoke.
 */
final class Agreement {

    /** What follows for the rest of the replica. */
    interface Listener {
        /** A coordinator was heard of under a new term or generation. */
        void session(long now, MemberId coordinator, long session, boolean keepsHoldings);

        /** Nothing may be held any more; {@code fresh} when the replica belongs to no view either. */
        void lost(long now, boolean fresh);

        void leads(long now, Leadership leadership);

        void leadsNoLonger();
    }

    private static final int ECHOES = 64;
    private static final long NEVER = Long.MIN_VALUE / 4;

    private final Member self;
    private final Timing timing;
    private final TieBreak tieBreak;
    private final Effects effects;
    private final Listener listener;
    private final Quorum quorum = new Quorum();
    private final Peers peers;
    private final Candidacy candidacy;
    private @Nullable Config config;
    private @Nullable Leadership leadership;
    private @Nullable MemberId leader;
    private boolean retiring;
    private boolean leaving;
    private long leaderSeen = NEVER;
    private long promised;
    private long highest;
    private long acknowledged = NEVER;
    private long sessionTerm = -1;
    private long generation;
    private long round;
    /** Members that said they end, for a coordinator to come; and clusters that this replica has seen the end of. */
    private final Set<MemberId> departed = new LinkedHashSet<>();

    private final Set<Long> over = new LinkedHashSet<>();
    private final long[] echoRounds = new long[ECHOES];
    private final long[] echoes = new long[ECHOES];
    private long leaseUntil = NEVER;
    private boolean leased;
    private long unleasedSince;

    Agreement(Member self, Timing timing, TieBreak tieBreak, Effects effects, Listener listener, Peers peers) {
        this.self = self;
        this.timing = timing;
        this.effects = effects;
        this.listener = listener;
        this.peers = peers;
        this.candidacy = new Candidacy(this, self.id(), timing, effects, quorum);
        this.tieBreak = tieBreak;
    }

    void tick(long now) {
        if (leased && now >= leaseUntil) {
            endLease(now);
        }
        Leadership leading = leadership;
        if (leading != null) {
            leading.tick(now);
        } else if (config != null) {
            boolean silent = !isLeaderAlive(now);
            candidacy.tick(now, silent, retiring, leaving || !config.view().has(self.id()));
        }
    }

    boolean isLeaderAlive(long now) {
        if (leadership != null) {
            return leased && !leadership.isRetiring();
        }
        return leader != null && !retiring && now - leaderSeen < timing.detection() && peers.isReachable(leader);
    }

    private void endLease(long now) {
        leased = false;
        unleasedSince = now;
        leaseUntil = NEVER;
        effects.lease(NEVER);
        listener.lost(now, false);
    }

    void extendLease(long now, long until) {
        if (leased && now >= leaseUntil) {
            endLease(now);
        }
        if (until > now && until > leaseUntil) {
            leased = true;
            leaseUntil = until;
            effects.lease(until);
        }
    }

    /** Founds a cluster of one. */
    void found(long now, long lineage) {
        View view = new View(lineage, 1, highest + 1, List.of(self), self.id(), tieBreak, timing.minMembers() <= 1);
        config = new Config(view, null);
        unleasedSince = now;
        promised = highest + 1;
        highest = promised;
        lead(now, NEVER);
    }

    void renewed(long now, MemberId from, Renew renew) {
        if (over.contains(renew.config().view().lineage())) {
            return;
        }
        if (renew.term() < promised) {
            effects.send(from, new Refused(promised));
            return;
        }
        Config mine = config;
        if (mine != null && mine.view().lineage() != renew.config().view().lineage()) {
            return;
        }
        boolean newTerm = renew.term() != sessionTerm;
        if (!newTerm && renew.round() <= round) {
            return;
        }
        if (!renew.config().has(self.id())) {
            if (mine != null) {
                forget(now);
            }
            return;
        }
        if (leased && now >= leaseUntil) {
            endLease(now);
        }
        stepDown();
        candidacy.end();
        promised = renew.term();
        highest = Math.max(highest, promised);
        leader = from;
        leaderSeen = now;
        retiring = renew.retiring();
        config = renew.config();
        departed.retainAll(config.ids());
        boolean newSession = newTerm || renew.generation() != generation;
        if (mine == null) {
            unleasedSince = now;
        }
        if (newTerm) {
            Arrays.fill(echoRounds, -1);
        }
        sessionTerm = renew.term();
        generation = renew.generation();
        round = renew.round();
        if (newSession) {
            // What was owned without a lease, others may have owned since.
            listener.session(now, from, sessionOf(sessionTerm, generation), generation == 0 && leased);
        }
        int slot = (int) (round % ECHOES);
        echoRounds[slot] = round;
        echoes[slot] = renew.echo();
        int confirmedSlot = (int) (renew.confirmed() % ECHOES);
        if (renew.confirmed() > 0
                && echoRounds[confirmedSlot] == renew.confirmed()
                && echoes[confirmedSlot] != Leadership.NO_ECHO) {
            extendLease(now, echoes[confirmedSlot] + timing.lease());
        }
        acknowledged = now;
        effects.send(from, new Ack(renew.term(), round, now));
    }

    /** The session that the coordinator's commands belong to. */
    long session() {
        return sessionOf(sessionTerm, generation);
    }

    static long sessionOf(long term, long generation) {
        return term << 20 | generation;
    }

    /** The cluster this replica belonged to is over: nothing that still comes from it counts. */
    void dissolve(long now) {
        if (config != null) {
            over.add(config.view().lineage());
            forget(now);
        }
    }

    /** Belongs to no view any more. */
    void forget(long now) {
        stepDown();
        candidacy.end();
        config = null;
        leader = null;
        sessionTerm = -1;
        leased = false;
        leaseUntil = NEVER;
        effects.lease(NEVER);
        listener.lost(now, true);
    }

    void refused(Refused refused) {
        highest = Math.max(highest, refused.promised());
        Leadership leading = leadership;
        if (leading != null && refused.promised() > leading.term()) {
            stepDown();
            leader = null;
            candidacy.hurry();
        }
    }

    void stepDown() {
        if (leadership != null) {
            leadership = null;
            leader = null;
            listener.leadsNoLonger();
        }
    }

    /** The other has said that it ends: nobody needs to wait until it is silent for long. */
    void goodbye(MemberId from) {
        if (departed.size() < View.MAX_MEMBERS) {
            departed.add(from);
        }
        if (from.equals(leader)) {
            leader = null;
            candidacy.hurry();
        }
        if (leadership != null) {
            leadership.gone(from);
        }
    }

    /** @param bound no lease that another coordinator gave counts from after this moment */
    void lead(long now, long bound) {
        Config standing = Objects.requireNonNull(config);
        acknowledged = now;
        leader = self.id();
        leaderSeen = now;
        retiring = false;
        sessionTerm = promised;
        generation = 0;
        Leadership leading = new Leadership(this, self, timing, tieBreak, effects, quorum, peers, promised);
        leadership = leading;
        config = new Config(standing.view().inTerm(promised), standing.base());
        leading.begin(now, bound);
        departed.forEach(leading::gone);
        listener.leads(now, leading);
        listener.session(now, self.id(), sessionOf(promised, 0), leased);
        leading.tick(now);
    }

    /** Has begun to leave: others come before it when a coordinator is needed. */
    void leave() {
        leaving = true;
    }

    /** Whether all other members have said that they end. */
    boolean isDeserted() {
        if (config == null) {
            return false;
        }
        Set<MemberId> others = config.ids();
        others.remove(self.id());
        return !others.isEmpty() && departed.containsAll(others);
    }

    Hello hello(long now) {
        Config standing = config;
        if (standing == null) {
            return new Hello(self, Standing.FRESH, 0, 0, 1, false);
        }
        return new Hello(
                self,
                leased ? Standing.MEMBER : Standing.CUT_OFF,
                standing.view().lineage(),
                standing.view().number(),
                standing.view().members().size(),
                leadership != null && leased);
    }

    void ruled(long lineage, long view, Set<MemberId> half) {
        quorum.ruled(lineage, view, half);
    }

    void promise(long term) {
        promised = term;
        highest = Math.max(highest, term);
        leader = null;
        stepDown();
    }

    void sawTerm(long term) {
        highest = Math.max(highest, term);
    }

    /** How long ago another coordinator was acknowledged; -1 when never. */
    long sinceAcknowledged(long now) {
        return acknowledged == NEVER ? -1 : now - acknowledged;
    }

    Candidacy candidacy() {
        return candidacy;
    }

    @Nullable
    Config config() {
        return config;
    }

    void config(Config next) {
        config = next;
    }

    @Nullable
    Leadership leadership() {
        return leadership;
    }

    @Nullable
    MemberId leader() {
        return leader;
    }

    long promised() {
        return promised;
    }

    long highest() {
        return highest;
    }

    long withoutLease(long now) {
        return leased ? 0 : now - unleasedSince;
    }

    boolean isLeased() {
        return leased;
    }

    Peers peers() {
        return peers;
    }
}

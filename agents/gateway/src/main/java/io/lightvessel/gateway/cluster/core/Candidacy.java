package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.core.Message.Ballot;
import io.lightvessel.gateway.cluster.core.Message.Vote;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Becoming coordinator, and helping others to. */
final class Candidacy {

    private static final long NEVER = Long.MIN_VALUE / 4;

    private final Agreement agreement;
    private final MemberId self;
    private final Timing timing;
    private final Effects effects;
    private final Quorum quorum;
    private final Random random;
    /** Who has voted, and since when at the latest it has acknowledged no other coordinator. */
    private final Map<MemberId, Long> votes = new HashMap<>();

    private @Nullable Ballot ballot;
    private long nextAt = NEVER;
    private boolean suspects;

    Candidacy(Agreement agreement, MemberId self, Timing timing, Effects effects, Quorum quorum) {
        this.agreement = agreement;
        this.self = self;
        this.timing = timing;
        this.effects = effects;
        this.quorum = quorum;
        this.random = new Random(self.high() ^ self.low());
    }

    void tick(long now, boolean silent, boolean retiring, boolean leaving) {
        if (!silent) {
            end();
            return;
        }
        if (!suspects) {
            suspects = true;
            nextAt = now + rank() * timing.detection() / (retiring ? 16 : 8) + (leaving ? timing.detection() / 2 : 0);
        }
        if (now >= nextAt) {
            askArbiter();
            begin(now, true);
        }
    }

    /** One after the other, so that votes are rarely split. */
    private long rank() {
        Config config = agreement.config();
        long rank = 0;
        if (config != null) {
            for (MemberId id : config.ids()) {
                if (id.equals(self)) {
                    break;
                }
                rank += id.equals(agreement.leader()) ? 0 : 1;
            }
        }
        return rank;
    }

    private void begin(long now, boolean trial) {
        Config config = agreement.config();
        if (config == null) {
            return;
        }
        long term = ballot == null || trial ? agreement.highest() + 1 : ballot.term();
        Ballot next = new Ballot(term, trial, config);
        long acknowledged = agreement.sinceAcknowledged(now);
        if (!trial) {
            agreement.promise(term);
        }
        ballot = next;
        votes.clear();
        votes.put(self, acknowledged < 0 ? NEVER : now - acknowledged);
        nextAt = now + timing.detection() / 4 + random.nextLong(timing.detection() / 4 + 1);
        for (MemberId id : config.ids()) {
            if (!id.equals(self)) {
                effects.send(id, next);
            }
        }
        count(now);
    }

    private void count(long now) {
        Ballot open = ballot;
        Config config = agreement.config();
        if (open == null || config == null || !quorum.isReached(config, votes.keySet())) {
            return;
        }
        if (open.trial()) {
            begin(now, false);
            return;
        }
        long bound = votes.values().stream().mapToLong(Long::longValue).max().orElse(NEVER);
        end();
        agreement.lead(now, bound);
    }

    private void askArbiter() {
        Config config = agreement.config();
        if (ballot != null && config != null) {
            Arbiter.Claim claim = quorum.open(config, votes.keySet());
            if (claim != null) {
                effects.claim(claim);
            }
        }
    }

    void voted(long now, MemberId from, Vote vote) {
        agreement.sawTerm(vote.promised());
        Ballot open = ballot;
        if (open != null && vote.granted() && vote.term() == open.term() && vote.trial() == open.trial()) {
            votes.put(from, vote.acknowledged() < 0 ? NEVER : now - vote.acknowledged());
            count(now);
        }
    }

    void asked(long now, MemberId from, Ballot asked) {
        Config mine = agreement.config();
        if (mine == null || mine.view().lineage() != asked.config().view().lineage()) {
            return;
        }
        boolean granted = asked.term() > agreement.promised()
                && !mine.view().isNewerThan(asked.config().view())
                && !agreement.isLeaderAlive(now);
        if (granted && !asked.trial()) {
            agreement.promise(asked.term());
            end();
            // The one who asked gets time to begin, above all from its predecessor, whose vote alone may be a quorum.
            suspects = true;
            nextAt = now + timing.detection() / 4 + rank() * timing.detection() / 8;
        }
        effects.send(
                from,
                new Vote(asked.term(), asked.trial(), granted, agreement.promised(), agreement.sinceAcknowledged(now)));
    }

    /** The next tick begins without waiting for a turn. */
    void hurry() {
        suspects = true;
        nextAt = NEVER;
    }

    void end() {
        ballot = null;
        suspects = false;
        votes.clear();
    }
}

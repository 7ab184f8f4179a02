package io.lightvessel.gateway.cluster.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts votes. Any two sets that reach the quorum of a view have a member in common: majorities do, a majority and a half
 * do, and of two halves only one has the tie-breaker or is the one that the arbiter named.
 */
final class Quorum {

    private record Ruled(long lineage, long view) {}

    private final Map<Ruled, Set<MemberId>> rulings = new HashMap<>();

    void ruled(long lineage, long view, Set<MemberId> half) {
        if (rulings.size() > 16) {
            rulings.clear();
        }
        rulings.put(new Ruled(lineage, view), Set.copyOf(half));
    }

    boolean isReached(Config config, Set<MemberId> votes) {
        return isReached(config.view(), votes) && (config.base() == null || isReached(config.base(), votes));
    }

    private boolean isReached(View view, Set<MemberId> votes) {
        Set<MemberId> counted = counted(view, votes);
        int twice = 2 * counted.size();
        int all = view.members().size();
        if (twice != all) {
            return twice > all;
        }
        return switch (view.tieBreak()) {
            case COORDINATOR -> counted.contains(view.tieBreaker());
            case ARBITER -> counted.equals(rulings.get(new Ruled(view.lineage(), view.number())));
        };
    }

    /** What the arbiter should be asked, if these votes are an even split that it has not ruled yet. */
    Arbiter.@Nullable Claim open(Config config, Set<MemberId> votes) {
        Arbiter.Claim claim = open(config.view(), votes);
        return claim != null || config.base() == null ? claim : open(config.base(), votes);
    }

    private Arbiter.@Nullable Claim open(View view, Set<MemberId> votes) {
        Set<MemberId> counted = counted(view, votes);
        if (view.tieBreak() != TieBreak.ARBITER
                || 2 * counted.size() != view.members().size()
                || rulings.containsKey(new Ruled(view.lineage(), view.number()))) {
            return null;
        }
        return new Arbiter.Claim(view.lineage(), view.number(), counted);
    }

    private static Set<MemberId> counted(View view, Set<MemberId> votes) {
        Set<MemberId> counted = new HashSet<>();
        for (Member member : view.members()) {
            if (votes.contains(member.id())) {
                counted.add(member.id());
            }
        }
        return counted;
    }
}

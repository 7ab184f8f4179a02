package io.lightvessel.gateway.cluster.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to the cluster.
 *
 * @param lineage drawn when the cluster was founded; views of different lineages have nothing to do with each other
 * @param number one more than that of the view before
 * @param term the coordinator's term in which it was proposed last
 * @param members those with most seniority first
 * @param tieBreaker the member that made this view
 * @param opened whether this or an earlier view had as many members as targets wait for; what is left of a cluster that
 *     was complete once goes on without them
 */
public record View(
        long lineage,
        long number,
        long term,
        List<Member> members,
        MemberId tieBreaker,
        TieBreak tieBreak,
        boolean opened) {

    public static final int MAX_MEMBERS = 48;

    public View {
        members = List.copyOf(members);
    }

    boolean has(MemberId id) {
        return member(id) != null;
    }

    @Nullable
    Member member(MemberId id) {
        for (Member member : members) {
            if (member.id().equals(id)) {
                return member;
            }
        }
        return null;
    }

    Set<MemberId> ids() {
        return members.stream().map(Member::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    View inTerm(long newTerm) {
        return new View(lineage, number, newTerm, members, tieBreaker, tieBreak, opened);
    }

    /** Whether a member that has this view must not help one that only has {@code other} to be coordinator. */
    boolean isNewerThan(View other) {
        return term != other.term ? term > other.term : number > other.number;
    }
}

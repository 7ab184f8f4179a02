package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.core.Message.Standing;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica can say of the cluster.
 *
 * @param view 0 when it belongs to none
 * @param problem empty when all is as it should be
 */
public record Snapshot(
        Standing standing,
        long view,
        long term,
        List<Member> members,
        @Nullable MemberId coordinator,
        Collection<Content.Row> rows,
        String problem) {

    static Snapshot of(
            Member self,
            Agreement agreement,
            @Nullable Coordinator coordinator,
            Foundation foundation,
            Directory directory,
            Peers peers,
            Timing timing,
            long now) {
        Config config = agreement.config();
        return new Snapshot(
                agreement.hello(now).standing(),
                config == null ? 0 : config.view().number(),
                agreement.promised(),
                config == null ? List.of(self) : config.view().members(),
                agreement.leader(),
                config == null ? List.of() : directory.rows(),
                problem(agreement, coordinator, foundation, peers, timing));
    }

    static String problem(
            Agreement agreement, @Nullable Coordinator coordinator, Foundation foundation, Peers peers, Timing timing) {
        Config config = agreement.config();
        if (config == null) {
            return foundation.waitsFor();
        }
        int members = config.view().members().size();
        if (!agreement.isLeased()) {
            long there = config.ids().stream().filter(peers::isReachable).count();
            return "cut off: " + there + " of the " + config.ids().size() + " replicas of view "
                    + config.view().number()
                    + " are in reach, which is no quorum; nothing is scraped here until there is one";
        }
        if (coordinator != null && coordinator.isWaiting()) {
            return "waits for " + timing.minMembers() + " replicas before it gives out targets (there are: " + members
                    + ")";
        }
        if (foundation.gaveUpWaiting() && members < timing.minMembers()) {
            return "goes on with " + members + " replicas (expected: " + timing.minMembers() + ")";
        }
        return "";
    }
}

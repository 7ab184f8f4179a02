package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.core.Message.Hello;
import io.lightvessel.gateway.cluster.core.Message.Standing;
import java.util.Map;

/** When a replica that belongs to no view founds a cluster, and which of two clusters goes on when they meet. */
final class Foundation {

    private final MemberId self;
    private final Timing timing;
    private long freshSince;
    private long peersSince;
    private String waitsFor = "";
    private boolean connected;
    private boolean gaveUpWaiting;

    Foundation(MemberId self, Timing timing) {
        this.self = self;
        this.timing = timing;
    }

    void fresh(long now) {
        freshSince = now;
    }

    void connected(long now, boolean toOthers) {
        if (!connected) {
            freshSince = now;
        }
        if (toOthers || !connected) {
            peersSince = now;
        }
        connected = true;
    }

    boolean mayFound(long now, Peers peers) {
        if (!connected) {
            waitsFor = "is not connected yet";
            return false;
        }
        Map<MemberId, Hello> recent = peers.recent(now, timing.detection());
        long members = recent.values().stream()
                .filter(hello -> hello.standing() != Standing.FRESH)
                .count();
        if (members > 0) {
            waitsFor = "waits to be let in by " + members + " replicas that are in reach";
            return false;
        }
        int needed = Math.max(timing.minMembers(), peers.expected() / 2 + 1);
        int here = recent.size() + 1;
        gaveUpWaiting = timing.minMembersWait() > 0 && now - freshSince >= timing.minMembersWait();
        if (here < needed && !gaveUpWaiting) {
            waitsFor = here + " replicas are in reach (expected: " + needed + " to found a cluster)";
            return false;
        }
        waitsFor = "is about to found a cluster";
        // Some time to hear everyone, so that few clusters are founded only to be merged.
        if (now - peersSince < timing.detection() / 4
                || (recent.size() < peers.reachable().size() && now - peersSince < timing.detection())) {
            return false;
        }
        return recent.keySet().stream().allMatch(id -> self.compareTo(id) < 0);
    }

    long lineage(long now) {
        long lineage = self.high() * 31 + self.low() + now;
        return lineage == 0 ? 1 : lineage;
    }

    /** The larger cluster goes on. */
    boolean yieldsTo(View view, Hello other) {
        if (other.lineage() == view.lineage()) {
            return false;
        }
        int size = view.members().size();
        return size != other.size() ? size < other.size() : view.lineage() < other.lineage();
    }

    String waitsFor() {
        return waitsFor;
    }

    /** Whether the cluster was founded although fewer replicas than expected were there. */
    boolean gaveUpWaiting() {
        return gaveUpWaiting;
    }
}

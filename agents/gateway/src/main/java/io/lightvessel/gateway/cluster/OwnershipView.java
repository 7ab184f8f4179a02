package io.lightvessel.gateway.cluster;

import io.lightvessel.gateway.cluster.core.Content;
import io.lightvessel.gateway.cluster.core.Forecast;
import io.lightvessel.gateway.cluster.core.Member;
import io.lightvessel.gateway.cluster.core.MemberId;
import io.lightvessel.gateway.cluster.core.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who owns what, as one replica knows it: what the coordinator told last, half a second old as a rule.
 *
 * @param view 0 when this replica belongs to none
 * @param standing {@code fresh}, {@code member} or {@code cut_off}
 * @param problem empty when all is as it should be
 * @param byKey every target that any replica knows
 */
public record OwnershipView(
        long view, long term, String standing, String problem, List<Replica> replicas, Map<TargetKey, Target> byKey) {

    public OwnershipView {
        replicas = List.copyOf(replicas);
    }

    public Collection<Target> targets() {
        return byKey.values();
    }

    /**
     * @param targets how many it owns; {@code load} what they cost
     */
    public record Replica(
            MemberId id, String name, String address, boolean self, boolean coordinator, int targets, long load) {}

    /**
     * @param owner null when nobody owns it at the moment
     * @param movingTo null unless it is on its way
     * @param epoch rises with every change of owner
     * @param ifOwnerLeft who would own it then; null when nobody would
     */
    public record Target(
            TargetKey key,
            @Nullable MemberId owner,
            @Nullable MemberId movingTo,
            Instant since,
            long epoch,
            long cost,
            @Nullable MemberId ifOwnerLeft) {}

    @Nullable
    String ownerOf(TargetKey key) {
        Target target = byKey.get(key);
        return target == null ? null : nameOf(target.owner());
    }

    @Nullable
    String nextOwnerOf(TargetKey key) {
        Target target = byKey.get(key);
        return target == null ? null : nameOf(target.ifOwnerLeft());
    }

    private @Nullable String nameOf(@Nullable MemberId id) {
        for (Replica replica : replicas) {
            if (replica.id().equals(id)) {
                return replica.name();
            }
        }
        return null;
    }

    /** Of a replica that is not connected yet, or no longer. */
    static OwnershipView nowhere(String problem) {
        return new OwnershipView(0, 0, "fresh", problem, List.of(), Map.of());
    }

    static OwnershipView of(Snapshot snapshot, MemberId self) {
        Map<MemberId, Integer> counts = new HashMap<>();
        Map<MemberId, Long> loads = new HashMap<>();
        for (Content.Row row : snapshot.rows()) {
            MemberId owner = row.owner();
            if (owner != null) {
                counts.merge(owner, 1, Integer::sum);
                loads.merge(owner, row.cost(), Long::sum);
            }
        }
        List<Replica> replicas = new ArrayList<>();
        Map<TargetKey, MemberId> next = new HashMap<>();
        for (Member member : snapshot.members()) {
            replicas.add(new Replica(
                    member.id(),
                    member.name(),
                    member.address(),
                    member.id().equals(self),
                    member.id().equals(snapshot.coordinator()),
                    counts.getOrDefault(member.id(), 0),
                    loads.getOrDefault(member.id(), 0L)));
            next.putAll(Forecast.ifLeft(snapshot, member.id()));
        }
        Map<TargetKey, Target> targets = new HashMap<>();
        for (Content.Row row : snapshot.rows()) {
            targets.put(
                    row.key(),
                    new Target(
                            row.key(),
                            row.owner(),
                            row.to(),
                            Instant.ofEpochMilli(row.since()),
                            row.epoch(),
                            row.cost(),
                            next.get(row.key())));
        }
        String standing = snapshot.standing().name().toLowerCase(Locale.ROOT);
        return new OwnershipView(snapshot.view(), snapshot.term(), standing, snapshot.problem(), replicas, targets);
    }
}

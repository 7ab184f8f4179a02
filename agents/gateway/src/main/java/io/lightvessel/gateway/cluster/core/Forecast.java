package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.TargetKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What would become of a replica's targets if it left: computed as the coordinator would. */
public final class Forecast {

    private Forecast() {}

    /** The owners-to-be of what that replica owns, as if every replica knew every target; empty when nobody is left. */
    public static Map<TargetKey, MemberId> ifLeft(Snapshot snapshot, MemberId leaving) {
        List<MemberId> others = snapshot.members().stream()
                .map(Member::id)
                .filter(id -> !id.equals(leaving))
                .sorted()
                .toList();
        if (others.isEmpty()) {
            return Map.of();
        }
        Map<MemberId, Integer> index = new HashMap<>();
        others.forEach(id -> index.put(id, index.size()));
        long everyone = (1L << others.size()) - 1;
        List<Balance.Item> items = new ArrayList<>();
        List<Balance.Item> moving = new ArrayList<>();
        for (Content.Row row : snapshot.rows()) {
            int owner = index.getOrDefault(row.to() == null ? row.owner() : row.to(), Balance.NOBODY);
            Balance.Item item = new Balance.Item(row.key(), row.cost(), everyone, owner, true);
            items.add(item);
            if (leaving.equals(row.owner())) {
                moving.add(item);
            }
        }
        Balance.plan(others, items, 0);
        Map<TargetKey, MemberId> owners = new HashMap<>();
        moving.forEach(item -> owners.put(item.key, others.get(item.owner)));
        return owners;
    }
}

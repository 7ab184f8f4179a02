package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.TargetKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who owns what, as the coordinator told last: for answers, never for decisions. */
final class Directory {

    private final Map<TargetKey, Content.Row> rows = new HashMap<>();

    void told(Content.Owners owners) {
        if (owners.first()) {
            rows.clear();
        }
        for (Content.Row row : owners.rows()) {
            if (row.cost() < 0) {
                rows.remove(row.key());
            } else {
                rows.put(row.key(), row);
            }
        }
    }

    Collection<Content.Row> rows() {
        return List.copyOf(rows.values());
    }
}

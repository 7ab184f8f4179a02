package io.lightvessel.gateway.discovery.kubernetes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which objects refer to another one, so that a change of that one is a change of theirs. */
final class References {

    private final Map<String, Set<String>> referring = new HashMap<>();

    void replace(String id, Set<String> before, Set<String> now) {
        for (String reference : before) {
            if (!now.contains(reference)) {
                referring.computeIfPresent(reference, (_, ids) -> {
                    ids.remove(id);
                    return ids.isEmpty() ? null : ids;
                });
            }
        }
        for (String reference : now) {
            if (!before.contains(reference)) {
                referring.computeIfAbsent(reference, _ -> new HashSet<>(2)).add(id);
            }
        }
    }

    Set<String> to(String id) {
        return referring.getOrDefault(id, Set.of());
    }
}

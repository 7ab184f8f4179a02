package io.lightvessel.gateway.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what has changed between complete lists of groups. Used by one thread at a time. */
final class GroupChanges {

    private Map<String, TargetGroup> told = Map.of();

    /** Groups that are new or other than before, and empty ones for those that are gone. */
    List<TargetGroup> update(List<TargetGroup> now) {
        List<TargetGroup> changed = new ArrayList<>();
        Map<String, TargetGroup> next = new HashMap<>();
        for (TargetGroup group : now) {
            next.put(group.source(), group);
            if (!group.equals(told.get(group.source()))) {
                changed.add(group);
            }
        }
        for (String source : told.keySet()) {
            if (!next.containsKey(source)) {
                changed.add(new TargetGroup(source, List.of(), Map.of()));
            }
        }
        told = next;
        return changed;
    }
}

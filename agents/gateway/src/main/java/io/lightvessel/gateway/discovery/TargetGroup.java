package io.lightvessel.gateway.discovery;

import java.util.List;
import java.util.Map;

/**
 * Targets that one source tells of together, such as a file or a pod.
 *
 * @param source names the source within its discovery; a later group with the same source replaces this one, and an
 *     empty one takes it away
 * @param targets the labels of each, among them {@code __address__}
 * @param labels common to all; a target's own label of the same name decides
 */
public record TargetGroup(String source, List<Map<String, String>> targets, Map<String, String> labels) {

    public TargetGroup {
        targets = targets.stream().map(Map::copyOf).toList();
        labels = Map.copyOf(labels);
    }
}

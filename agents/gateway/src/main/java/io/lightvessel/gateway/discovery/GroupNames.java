package io.lightvessel.gateway.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the groups of a list their sources and the label that says where they are from.
 *
 * @param metaLabel for example {@code __meta_filepath}
 * @param metaValue its value, for example the file
 * @param origin what sources begin with
 */
record GroupNames(String metaLabel, String metaValue, String origin) {

    TargetGroup group(int index, List<String> addresses, Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(labels);
        all.put(metaLabel, metaValue);
        return new TargetGroup(
                origin + ":" + index,
                addresses.stream()
                        .map(address -> Map.of("__address__", address))
                        .toList(),
                all);
    }
}

package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;
import java.util.Map;

/** What a blueprint's overrides choose clusters by. */
record ClusterTraits(String environment, Map<String, String> labels) {
    static ClusterTraits of(Cluster cluster) {
        return new ClusterTraits(cluster.environment(), cluster.labels());
    }
}

package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;

/** What rendering may know of a cluster besides its stack: names, and nothing that changes by itself. */
public record ClusterFacts(String cluster, String environment) {

    public static ClusterFacts of(Cluster cluster) {
        return new ClusterFacts(cluster.slug(), cluster.environment());
    }
}

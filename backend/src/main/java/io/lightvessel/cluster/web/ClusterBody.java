package io.lightvessel.cluster.web;

import io.lightvessel.cluster.Cluster;
import java.time.Instant;
import java.util.Map;

/** A cluster on the wire. */
record ClusterBody(
        String slug, String name, String environment, Map<String, String> labels, Instant createdAt, String createdBy) {

    static ClusterBody of(Cluster cluster) {
        return new ClusterBody(
                cluster.slug(),
                cluster.name(),
                cluster.environment(),
                cluster.labels(),
                cluster.createdAt(),
                cluster.createdBy());
    }
}

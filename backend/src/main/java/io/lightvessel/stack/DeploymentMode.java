package io.lightvessel.stack;

/** Where a cluster's agents stand between producers and backends. */
public enum DeploymentMode {
    /** One agent on every node does everything: producers send to their node. */
    AGENT,
    /** Gateway replicas alone; nothing runs on the nodes. */
    GATEWAY,
    /** Gateway replicas for what is shared, a collector on every node for what only the node knows. */
    HYBRID,
    /** One agent beside each workload. */
    SIDECAR
}

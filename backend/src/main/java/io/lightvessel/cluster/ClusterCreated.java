package io.lightvessel.cluster;

/** A cluster was added; published inside the transaction, so that what every cluster starts with is created with it. */
public record ClusterCreated(Cluster cluster) {}

package io.lightvessel.stack;

import io.lightvessel.cluster.ClusterId;

/** A cluster that inherits from a blueprint now. */
public record InheritingCluster(ClusterId id, String slug, String name, boolean follows) {}

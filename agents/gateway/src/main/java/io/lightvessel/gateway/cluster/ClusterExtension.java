package io.lightvessel.gateway.cluster;

import io.lightvessel.pipeline.Extension;

/** An extension that shares targets between replicas for the receivers that name it in {@code clustering}. */
public interface ClusterExtension extends Extension {

    Ownership ownership();
}

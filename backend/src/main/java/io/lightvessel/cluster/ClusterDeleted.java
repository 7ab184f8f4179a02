package io.lightvessel.cluster;

import io.lightvessel.tenancy.TenantId;

/** A cluster and everything declared for it is gone; published inside the transaction that deletes it. */
public record ClusterDeleted(TenantId tenant, ClusterId cluster) {}

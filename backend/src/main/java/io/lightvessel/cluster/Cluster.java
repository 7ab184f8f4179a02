package io.lightvessel.cluster;

import io.lightvessel.tenancy.TenantId;
import java.time.Instant;
import java.util.Map;

/** A Kubernetes cluster, or a set of hosts, that a tenant connected. The version changes with every edit. */
public record Cluster(
        ClusterId id,
        TenantId tenant,
        String slug,
        String name,
        String environment,
        Map<String, String> labels,
        long version,
        Instant createdAt,
        String createdBy) {}

package io.lightvessel.stack;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.wire.AgentRole;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One saved version of a cluster's stack; it never changes.
 *
 * @param number counts from 1 within the cluster
 * @param digests SHA-256 of the rendered config of each role
 * @param inheritance nothing when the stack stands alone
 */
public record StackRevision(
        ClusterId cluster,
        int number,
        String author,
        String message,
        Instant createdAt,
        StackSpec spec,
        Map<AgentRole, String> digests,
        @Nullable Inheritance inheritance) {}

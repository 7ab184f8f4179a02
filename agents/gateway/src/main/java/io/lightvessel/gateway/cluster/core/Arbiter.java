package io.lightvessel.gateway.cluster.core;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Someone outside the cluster who names, once and for all, the half of a view that goes on when it is split evenly. It is
 * only asked in that case, so the cluster does not depend on it otherwise.
 */
public interface Arbiter {

    /** One half of the members of a view that asks to be the one. */
    record Claim(long lineage, long view, Set<MemberId> half) {
        public Claim {
            half = Set.copyOf(half);
        }
    }

    /**
     * The half that counts: the first that claimed this view. It is never another for the same view, and a view before
     * the last one claimed is refused, by a failed stage. Does not block.
     */
    CompletionStage<Set<MemberId>> claim(Claim claim);
}

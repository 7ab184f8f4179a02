package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.TargetKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes targets and does nothing with them. */
final class NoOwner implements Ownership.Owner {

    @Override
    public void take(TargetKey key, Handover handover) {
        // Only the list of targets is of interest.
    }

    @Override
    public CompletionStage<Handover> give(TargetKey key) {
        return CompletableFuture.failedStage(new AssertionError("nobody to give to"));
    }

    @Override
    public void lose(TargetKey key) {
        throw new AssertionError("nobody to lose to");
    }
}

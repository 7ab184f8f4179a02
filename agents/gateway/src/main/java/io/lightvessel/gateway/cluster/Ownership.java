package io.lightvessel.gateway.cluster;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Agrees with the other replicas who owns which target, so that each has exactly one owner at a time. */
public interface Ownership {

    /** Joins with a pool of targets of that name; {@link Share#close} leaves again. */
    Share join(String pool, Owner owner);

    /** A pool's part in the agreement. */
    interface Share extends AutoCloseable {

        /**
         * All targets discovered now. Replicas may learn of a target at different times: it is owned by one that knows it
         * as long as any does. What is not in the collection any more is no longer owned here, without a further call.
         */
        void discovered(Collection<TargetKey> keys);

        /** What one scrape of a target that is owned here costs: its samples, or its bytes divided by a hundred. */
        void cost(TargetKey key, long cost);

        /**
         * Whether this replica may scrape the target at this moment. Asked before every scrape: after a partition the
         * answer turns to no before another replica's turns to yes.
         */
        boolean holds(TargetKey key);

        /** The name of the replica that owns the target, as far as is known here; null when nobody does. For answers. */
        default @Nullable String owner(TargetKey key) {
            return null;
        }

        /** The name of the replica that would own the target if its owner left; null when there is none. */
        default @Nullable String predictedOwner(TargetKey key) {
            return null;
        }

        /**
         * Gives away every target of the pool, then leaves; blocks for as long as that takes. When another share of the
         * same pool was joined meanwhile, targets that both know have gone to it already.
         */
        @Override
        void close();
    }

    /** The pool that scrapes what it owns. Its methods do not block. */
    interface Owner {

        /**
         * From now on this replica scrapes the target, beginning with the slot after the hand-over's.
         *
         * @param handover null when there was no owner before, or it went without saying
         */
        void take(TargetKey key, @Nullable Handover handover);

        /**
         * The target goes to another replica: finish a scrape that is under way, begin none, write no staleness
         * markers, and complete with what the next owner needs.
         */
        CompletionStage<Handover> give(TargetKey key);

        /** This replica may have been cut off: stop at once, write no staleness markers. */
        void lose(TargetKey key);
    }
}

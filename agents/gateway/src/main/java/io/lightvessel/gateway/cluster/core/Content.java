package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.TargetKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What frames carry. */
public sealed interface Content {

    /** Never more entries in one frame. */
    int MAX_ENTRIES = 1000;

    /** Never more bytes of a hand-over in one frame. */
    int MAX_PART = 64 << 10;

    // Commands of the coordinator

    /** The receiver owns these from now on. */
    record Take(List<Grant> grants) implements Content {}

    /**
     * @param epoch rises with every change of the target's owner
     * @param previous the epoch of the owner before, whose hand-over may lie at the receiver; 0 when there was none
     */
    record Grant(TargetKey key, long epoch, long previous) {}

    /** The receiver shall end with these and hand them over. */
    record Release(List<Order> orders) implements Content {}

    record Order(TargetKey key, long epoch, MemberId to) {}

    /** Who owns what, for answers only. */
    record Owners(boolean first, List<Row> rows) implements Content {}

    /** @param owner null: nobody; {@code to} is where it moves; a row with cost -1 is a target that is gone */
    record Row(
            TargetKey key,
            @Nullable MemberId owner,
            @Nullable MemberId to,
            long epoch,
            long cost,
            long since) {}

    /** The receiver is out, as it wanted. */
    record Left() implements Content {}

    /** This cluster ends in favour of another one that was met. */
    record Dissolve() implements Content {}

    // Reports of a member

    record Known(List<TargetKey> added, List<TargetKey> removed) implements Content {}

    /** What the member has when a session begins. */
    record Held(List<Holding> holdings) implements Content {}

    /** @param epoch under which it was owned */
    record Holding(TargetKey key, long epoch, Phase phase) {}

    /** How a target stands at a member. */
    enum Phase {
        /** It may be scraped. */
        OWNED,
        /** It is being given up, or is; what the next owner needs is still here. */
        GIVEN,
        /** It is not owned here, but what its last owner handed over is. */
        HANDED
    }

    /** All that the member had when the session began is told. */
    record Ready() implements Content {}

    record Costs(List<Cost> costs) implements Content {}

    record Cost(TargetKey key, long cost) {}

    /** The member has ended with these. */
    record Released(List<Ended> ended) implements Content {}

    /** @param handedTo who has the hand-over; null when it is lost or there was none */
    record Ended(TargetKey key, long epoch, @Nullable MemberId handedTo) {}

    /** The member wants to go. */
    record Leave() implements Content {}

    // From one owner to the next

    /** A part of a hand-over; the last one has {@code offset + bytes.length == size}. */
    record Part(TargetKey key, long epoch, Instant lastSlot, int size, int offset, byte[] bytes) implements Content {}
}

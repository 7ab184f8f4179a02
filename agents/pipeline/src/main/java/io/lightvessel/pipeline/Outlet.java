package io.lightvessel.pipeline;

/** A receiver's way into all pipelines that name it; counts what goes through and what is turned away. */
public interface Outlet extends Consumer {

    /** Whether any pipeline takes this signal from this receiver now. */
    boolean isConnected();

    /** Counts a request that was turned away before it became a payload. */
    void turnedAway(DropReason reason);

    /** Counts records that a receiver of this process read and left out, in the ledgers of the pipelines they would have got to. */
    default void leftOut(DropReason reason, long records, long bytes) {
        // Where nobody keeps a ledger.
    }
}

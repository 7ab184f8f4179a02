package io.lightvessel.gateway.server;

import io.lightvessel.pipeline.ByteBudget;

/** What the bodies of one connection hold of the byte budget while they arrive; belongs to its event loop. */
final class Arrivals {
    private long bytes;
    private long taken;

    void add(ByteBudget budget, long more) {
        bytes += more;
        budget.arriving(more);
    }

    /** A body is complete, and has this size unpacked. */
    void took(long size) {
        taken += size;
    }

    /** Of all bodies so far that were complete. */
    long taken() {
        return taken;
    }

    boolean isEmpty() {
        return bytes == 0;
    }
}

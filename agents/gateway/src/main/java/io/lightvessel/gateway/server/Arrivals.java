package io.lightvessel.gateway.server;

import io.lightvessel.pipeline.ByteBudget;

/** What the bodies that are arriving over one connection hold of the byte budget; belongs to its event loop. */
final class Arrivals {
    private long bytes;

    void add(ByteBudget budget, long more) {
        bytes += more;
        budget.arriving(more);
    }

    boolean isEmpty() {
        return bytes == 0;
    }
}

package io.lightvessel.local.sink;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How much of one kind arrived since the sink started. */
record Tally(
        long requests,
        long records,
        long bytes,
        long refused,
        @Nullable Instant lastAt) {

    static final Tally NONE = new Tally(0, 0, 0, 0, null);

    Tally plus(long moreRecords, long moreBytes, Instant now) {
        return new Tally(requests + 1, records + moreRecords, bytes + moreBytes, refused, now);
    }

    Tally plusRefused() {
        return new Tally(requests, records, bytes, refused + 1, lastAt);
    }
}

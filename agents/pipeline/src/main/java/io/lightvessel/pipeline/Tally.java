package io.lightvessel.pipeline;

import java.util.concurrent.atomic.LongAdder;

/** Counts records and bytes from many threads at once. */
final class Tally {

    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void add(long moreRecords, long moreBytes) {
        records.add(moreRecords);
        bytes.add(moreBytes);
    }

    void add(Count amount) {
        add(amount.records(), amount.bytes());
    }

    Count count() {
        return new Count(records.sum(), bytes.sum());
    }
}

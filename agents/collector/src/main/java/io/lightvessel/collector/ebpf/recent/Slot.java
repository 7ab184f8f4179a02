package io.lightvessel.collector.ebpf.recent;

import io.lightvessel.collector.ebpf.symbols.ProcessIdentity;
import io.lightvessel.collector.ebpf.symbols.ProcessLabels;
import java.time.Instant;
import java.util.List;

/** What was sampled in one stretch of time. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and copying the names would double them.
record Slot(Instant from, Instant to, long nanosPerSample, String[] names, List<Entry> entries) {
    private static final int ENTRY_BYTES = 200;
    private static final int TEXT_BYTES = 48;

    record Entry(ProcessIdentity identity, ProcessLabels labels, StackTree stacks) {

        String key() {
            return identity.pid() + "-" + identity.startTime();
        }
    }

    /** What it takes of the heap at most: names are shared with other stretches as a rule. */
    long bytes() {
        long bytes = 0;
        for (String name : names) {
            bytes += TEXT_BYTES + name.length();
        }
        for (Entry entry : entries) {
            bytes += ENTRY_BYTES + (long) entry.stacks().size() * StackTree.NODE_BYTES;
        }
        return bytes;
    }
}

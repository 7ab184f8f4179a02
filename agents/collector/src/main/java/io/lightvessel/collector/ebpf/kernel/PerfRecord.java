package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Reads records of perf events: samples of {@link #SAMPLE_TYPE}, with or without the cgroup, and counts of lost ones. */
final class PerfRecord {
    static final int LOST = 2;
    static final int SAMPLE = 9;

    /** Ids of process and thread, and the stacks. */
    static final long SAMPLE_TYPE = 1 << 1 | 1 << 5;
    /** In addition the cgroup, where the kernel can tell. */
    static final long WITH_CGROUP = SAMPLE_TYPE | 1 << 21;

    private static final int PID = 8;
    private static final int TID = 12;
    private static final int COUNT = 16;
    private static final int FRAMES = 24;
    private static final int LOST_COUNT = 16;

    // Stacks hold marks of what follows, which as addresses would be the highest there are.
    private static final long MARKS = -4095;
    private static final long KERNEL_MARK = -128;
    private static final long USER_MARK = -512;

    private PerfRecord() {}

    /** Fills the sample; returns false when the record does not have that layout. */
    static boolean read(MemorySegment record, int length, boolean withCgroup, Sample sample) {
        int after = withCgroup ? Long.BYTES : 0;
        if (length < FRAMES + after) {
            return false;
        }
        long count = record.get(JAVA_LONG_UNALIGNED, COUNT);
        if (count < 0 || count > (length - FRAMES - after) / Long.BYTES) {
            return false;
        }
        long end = FRAMES + count * Long.BYTES;
        sample.begin(
                record.get(JAVA_INT_UNALIGNED, PID),
                record.get(JAVA_INT_UNALIGNED, TID),
                withCgroup ? record.get(JAVA_LONG_UNALIGNED, end) : 0);
        long mark = 0;
        for (long at = FRAMES; at < end; at += Long.BYTES) {
            long ip = record.get(JAVA_LONG_UNALIGNED, at);
            if (Long.compareUnsigned(ip, MARKS) >= 0) {
                mark = ip;
            } else if (mark == KERNEL_MARK) {
                sample.kernelFrame(ip);
            } else if (mark == USER_MARK) {
                sample.userFrame(ip);
            }
        }
        return true;
    }

    /** How many a record of the type {@link #LOST} tells of. */
    static long lost(MemorySegment record, int length) {
        return length < LOST_COUNT + Long.BYTES ? 0 : Math.max(0, record.get(JAVA_LONG_UNALIGNED, LOST_COUNT));
    }
}

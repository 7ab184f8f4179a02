package io.lightvessel.collector.ebpf.kernel;

import java.lang.foreign.Arena;

/** A ticking perf event of one CPU with its ring. */
final class PerfCpu implements AutoCloseable {
    /** As much as may be locked without CAP_IPC_LOCK on most machines. */
    private static final int RING_BYTES = 256 << 10;

    private final Arena arena = Arena.ofShared();
    private final Closing open = new Closing(arena);
    private final PerfRing ring;
    private final long memory;

    PerfCpu(Libc libc, int cpu, int hertz, long sampleType) throws SyscallFailure {
        ClockEvents events = new ClockEvents(libc);
        boolean done = false;
        try {
            Descriptor event = open.add(events.open(cpu, hertz, sampleType));
            memory = libc.pageSize() + (long) RING_BYTES;
            ring = new PerfRing(
                    libc.map("mmap of a perf ring", event.number(), 0, memory, true, arena), libc.pageSize());
            events.enable(event);
            done = true;
        } finally {
            if (!done) {
                open.close();
            }
        }
    }

    PerfRing ring() {
        return ring;
    }

    long memory() {
        return memory;
    }

    @Override
    public void close() {
        open.close();
    }
}

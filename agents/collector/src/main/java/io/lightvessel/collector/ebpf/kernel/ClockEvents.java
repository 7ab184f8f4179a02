package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Opens events that tick on a CPU by its clock in software, which every machine has; virtual ones often have no other.
 * They do not tick while a CPU idles.
 */
final class ClockEvents {
    private static final int ATTRIBUTES = 112;
    private static final int SOFTWARE = 1;
    private static final int CPU_CLOCK = 0;
    private static final long DISABLED = 1;
    private static final long EXCLUDE_IDLE = 1 << 7;
    private static final long FREQUENCY = 1 << 10;

    private static final long IOC_ENABLE = 0x2400;
    private static final long IOC_SET_BPF = 0x4004_2408;

    private final Libc libc;

    ClockEvents(Libc libc) {
        this.libc = libc;
    }

    /** An event that does not tick yet. */
    Descriptor open(int cpu, int hertz, long sampleType) throws SyscallFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
            attributes.set(JAVA_INT, 0, SOFTWARE);
            attributes.set(JAVA_INT, 4, ATTRIBUTES);
            attributes.set(JAVA_LONG, 8, CPU_CLOCK);
            attributes.set(JAVA_LONG, 16, hertz);
            attributes.set(JAVA_LONG, 24, sampleType);
            attributes.set(JAVA_LONG, 40, DISABLED | EXCLUDE_IDLE | FREQUENCY);
            return new Descriptor(libc, libc.perfEventOpen("perf_event_open", attributes, cpu));
        }
    }

    void attach(Descriptor event, Descriptor program) throws SyscallFailure {
        libc.ioctl("PERF_EVENT_IOC_SET_BPF", event.number(), IOC_SET_BPF, program.number());
    }

    void enable(Descriptor event) throws SyscallFailure {
        libc.ioctl("PERF_EVENT_IOC_ENABLE", event.number(), IOC_ENABLE, 0);
    }
}

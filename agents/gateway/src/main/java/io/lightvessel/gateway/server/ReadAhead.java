package io.lightvessel.gateway.server;

/**
 * How many bytes may have been read and not sent on while connections wait for their turn: little as long as that keeps
 * the processor busy, for then it is sent on from the caches, more while there is time to spare, which is when a backend
 * takes its time to answer.
 */
final class ReadAhead {
    static final long LEAST = (2L << 20) * Runtime.getRuntime().availableProcessors();

    private final CpuShare cpu;
    private long bytes = LEAST;

    ReadAhead(CpuShare cpu) {
        this.cpu = cpu;
    }

    /** Of a budget of this size. */
    long bytes(long capacity) {
        return Math.min(bytes, capacity / 2);
    }

    /** Starts watching the processor. */
    void begin() {
        cpu.isBusy();
    }

    /** Looks at what the processor did since the last time. */
    void adjust(long capacity) {
        bytes = cpu.isBusy() ? Math.max(LEAST, bytes / 4 * 3) : Math.min(Math.max(LEAST, capacity / 2), bytes * 2);
    }
}

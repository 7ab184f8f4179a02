package io.lightvessel.gateway.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Tells whether the processor had time to spare: the calling thread's core, or all that the process may use. */
final class CpuShare {
    private static final double BUSY = 0.8;

    private final LongSupplier clock;
    private final LongSupplier threadTime;
    private final LongSupplier processTime;
    private final int cores;
    private long wall;
    private long thread;
    private long process;

    /**
     * @param threadTime nanoseconds of processor time of the calling thread
     * @param processTime of all threads
     */
    CpuShare(LongSupplier clock, LongSupplier threadTime, LongSupplier processTime, int cores) {
        this.clock = clock;
        this.threadTime = threadTime;
        this.processTime = processTime;
        this.cores = cores;
        this.wall = clock.getAsLong();
    }

    static CpuShare ofThisProcess() {
        LongSupplier process = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system::getProcessCpuTime
                : () -> 0;
        return new CpuShare(
                System::nanoTime,
                ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime,
                process,
                Runtime.getRuntime().availableProcessors());
    }

    /** Since the last call. */
    boolean isBusy() {
        long wallNow = clock.getAsLong();
        long threadNow = threadTime.getAsLong();
        long processNow = processTime.getAsLong();
        double passed = BUSY * (wallNow - wall);
        boolean busy = threadNow - thread > passed || processNow - process > passed * cores;
        wall = wallNow;
        thread = threadNow;
        process = processNow;
        return busy;
    }
}

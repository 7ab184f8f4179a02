package io.lightvessel.gateway.server;

import java.lang.management.ManagementFactory;

/** Tells whether the processor had time to spare: the calling thread's core, or all that the process may use. */
class CpuShare {
    private static final double BUSY = 0.8;

    private long wall = System.nanoTime();
    private long thread;
    private long process;

    /** Since the last call. */
    boolean isBusy() {
        long wallNow = System.nanoTime();
        long threadNow = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long processNow =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getProcessCpuTime()
                        : 0;
        double passed = BUSY * (wallNow - wall);
        boolean busy = threadNow - thread > passed
                || processNow - process > passed * Runtime.getRuntime().availableProcessors();
        wall = wallNow;
        thread = threadNow;
        process = processNow;
        return busy;
    }
}

package io.lightvessel.collector.ebpf;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The processor time of the calling thread. */
final class ThreadCpu {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ThreadCpu() {}

    static long current() {
        return Math.max(0, THREADS.getCurrentThreadCpuTime());
    }
}

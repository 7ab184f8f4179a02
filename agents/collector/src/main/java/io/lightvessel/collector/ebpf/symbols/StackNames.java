package io.lightvessel.collector.ebpf.symbols;

import java.util.List;

/** Knows the processes of the node and the kernel's functions. Safe for use by several threads. */
public interface StackNames extends AutoCloseable {

    /**
     * The process of this number as it is now. Opens what its addresses will be resolved with at first sight, since it
     * may be gone a moment later; everything dear waits until frames are resolved.
     *
     * @param cgroupId 0 when not known
     */
    ProcessFrames process(int tgid, long cgroupId);

    KernelNames kernel();

    /** What keeps names from being found, a sentence each. */
    default List<String> problems() {
        return List.of();
    }

    /** What is remembered at the moment. */
    default Usage usage() {
        return new Usage(0, 0, 0);
    }

    /**
     * What is remembered at a moment.
     *
     * @param files programs and libraries that are open
     * @param bytes of the heap for names of functions
     */
    record Usage(int processes, int files, long bytes) {}

    @Override
    void close();
}

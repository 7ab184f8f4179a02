package io.lightvessel.collector.ebpf.symbols;

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

    @Override
    void close();
}

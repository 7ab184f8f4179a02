package io.lightvessel.collector.ebpf.symbols;

/** Names of the kernel's functions. */
@FunctionalInterface
public interface KernelNames {

    /** The function at an address; {@code [kernel]} when the kernel hides its addresses or does not know this one. */
    String function(long ip);
}

package io.lightvessel.collector.ebpf.symbols;

/** One process: who it is, and names for its addresses. */
public interface ProcessFrames {

    ProcessIdentity identity();

    ProcessLabels labels();

    /**
     * The name of an address in the process.
     *
     * @param returnAddress whether it is where a call returns to, which may be past the end of the calling function
     */
    Frame resolve(long ip, boolean returnAddress);
}

package io.lightvessel.collector.ebpf.kernel;

/**
 * Where samples come from. One thread drains a source; it may be closed by another once that one has stopped. Unwinding
 * of dumped stacks would be a source around a source: what it hands over is addresses all the same.
 */
public interface SampleSource extends AutoCloseable {

    /** What it is called in messages and metrics. */
    String name();

    /**
     * Hands over every sample there is and returns without waiting for more.
     *
     * @return how many there were
     */
    int drain(SampleSink sink);

    /** How many samples the kernel could not deliver since the source was opened. */
    long lost();

    @Override
    void close();
}

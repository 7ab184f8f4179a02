package io.lightvessel.collector.ebpf.kernel;

import java.util.OptionalLong;

/**
 * Where samples come from. One thread uses a source; it may be closed by another once that one has stopped. Unwinding
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

    /** Samples from now on so many times a second on each CPU. */
    void rate(int hertz) throws SourceFailure;

    /** Begins with CPUs that have come online and ends with those that have gone. */
    void refresh() throws SourceFailure;

    /** What taking one sample costs within the kernel, as last measured; empty while the kernel does not tell. */
    OptionalLong nanosPerSample();

    /** The kernel's memory that it keeps busy. */
    long memory();

    @Override
    void close();
}

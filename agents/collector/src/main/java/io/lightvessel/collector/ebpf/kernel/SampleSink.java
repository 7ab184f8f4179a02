package io.lightvessel.collector.ebpf.kernel;

/** Takes samples one by one. */
@FunctionalInterface
public interface SampleSink {

    /** Copies what it needs of the sample, which is filled anew afterwards; must not block. */
    void accept(Sample sample);
}

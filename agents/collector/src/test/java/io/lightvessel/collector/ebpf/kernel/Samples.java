package io.lightvessel.collector.ebpf.kernel;

/** Samples as sources fill them. */
public final class Samples {
    private Samples() {}

    public static Sample of(int tgid, long[] kernel, long... user) {
        Sample sample = new Sample();
        sample.begin(tgid, tgid, 0);
        for (long ip : kernel) {
            sample.kernelFrame(ip);
        }
        for (long ip : user) {
            sample.userFrame(ip);
        }
        return sample;
    }
}

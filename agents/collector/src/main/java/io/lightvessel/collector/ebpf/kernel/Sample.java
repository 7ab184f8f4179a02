package io.lightvessel.collector.ebpf.kernel;

import java.nio.charset.StandardCharsets;

/**
 * What one CPU was found doing. A source has one of these and fills it again and again: whatever is to be kept must be
 * copied while {@link SampleSink#accept} runs.
 */
public final class Sample {
    /** The deepest stack the kernel hands over, of its own frames and of the process's each. */
    public static final int MAX_FRAMES = 127;

    static final int COMM_BYTES = 16;

    private final byte[] comm = new byte[COMM_BYTES];
    private final long[] kernelIps = new long[MAX_FRAMES];
    private final long[] userIps = new long[MAX_FRAMES];
    private int tgid;
    private int tid;
    private long cgroupId;
    private int commLength;
    private int kernelFrames;
    private int userFrames;

    /** The process, by the number it has in the agent's own pid namespace. */
    public int tgid() {
        return tgid;
    }

    /** The thread, by the number it has in the agent's own pid namespace. */
    public int tid() {
        return tid;
    }

    /** The inode of the process's directory in the cgroup v2 hierarchy; 0 when the source cannot tell. */
    public long cgroupId() {
        return cgroupId;
    }

    /** The thread's name, {@link #commLength()} bytes of it. */
    public byte[] comm() {
        return comm;
    }

    /** 0 when the source cannot tell. */
    public int commLength() {
        return commLength;
    }

    public String commText() {
        return new String(comm, 0, commLength, StandardCharsets.UTF_8);
    }

    /** Addresses in the kernel, leaf first, {@link #kernelFrames()} of them. */
    public long[] kernelIps() {
        return kernelIps;
    }

    public int kernelFrames() {
        return kernelFrames;
    }

    /** Addresses in the process, leaf first, {@link #userFrames()} of them. */
    public long[] userIps() {
        return userIps;
    }

    public int userFrames() {
        return userFrames;
    }

    /** Whether the kernel may have cut the stack because it was deeper than it hands over. */
    public boolean truncated() {
        return kernelFrames == MAX_FRAMES || userFrames == MAX_FRAMES;
    }

    /** Makes this the sample of a thread, without frames yet. */
    void begin(int tgid, int tid, long cgroupId) {
        this.tgid = tgid;
        this.tid = tid;
        this.cgroupId = cgroupId;
        commLength = 0;
        kernelFrames = 0;
        userFrames = 0;
    }

    void commByte(byte value) {
        comm[commLength++] = value;
    }

    void kernelFrame(long ip) {
        if (kernelFrames < MAX_FRAMES) {
            kernelIps[kernelFrames++] = ip;
        }
    }

    void userFrame(long ip) {
        if (userFrames < MAX_FRAMES) {
            userIps[userFrames++] = ip;
        }
    }
}

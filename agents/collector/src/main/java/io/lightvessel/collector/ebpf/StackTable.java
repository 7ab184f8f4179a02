package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.kernel.Sample;
import java.util.Arrays;

/**
 * Counts equal stacks of processes, which it knows by small numbers. All addresses lie in one array, so that a node's
 * interval takes a few megabytes and no objects; both it and the number of stacks are bounded.
 */
final class StackTable {
    private static final int LONGEST_PER_STACK = 32;

    private final int most;
    private long[] addresses = new long[1 << 12];
    private int used;
    private int size;
    private int[] processes = new int[256];
    private int[] starts = new int[256];
    private int[] kernelFrames = new int[256];
    private int[] userFrames = new int[256];
    private int[] counts = new int[256];
    private long[] hashes = new long[256];
    /** By hash, numbers of stacks plus one. */
    private int[] slots = new int[1024];

    /** @param most how many stacks are kept, of some 32 frames each on average */
    StackTable(int most) {
        this.most = most;
    }

    void clear() {
        used = 0;
        size = 0;
        Arrays.fill(slots, 0);
    }

    int size() {
        return size;
    }

    /** Counts a sample; returns false when there is no room for its stack. */
    boolean add(int process, Sample sample) {
        long hash = hash(process, sample);
        int mask = slots.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        while (slots[slot] != 0) {
            int stack = slots[slot] - 1;
            if (hashes[stack] == hash && isEqual(stack, process, sample)) {
                counts[stack]++;
                return true;
            }
            slot = slot + 1 & mask;
        }
        int length = sample.kernelFrames() + sample.userFrames();
        if (size == most || used + length > (long) most * LONGEST_PER_STACK) {
            return false;
        }
        ensure(length);
        System.arraycopy(sample.kernelIps(), 0, addresses, used, sample.kernelFrames());
        System.arraycopy(sample.userIps(), 0, addresses, used + sample.kernelFrames(), sample.userFrames());
        processes[size] = process;
        starts[size] = used;
        kernelFrames[size] = sample.kernelFrames();
        userFrames[size] = sample.userFrames();
        counts[size] = 1;
        hashes[size] = hash;
        used += length;
        slots[slot] = ++size;
        if (size * 2 > slots.length) {
            rehash();
        }
        return true;
    }

    private boolean isEqual(int stack, int process, Sample sample) {
        int start = starts[stack];
        int kernel = kernelFrames[stack];
        int user = userFrames[stack];
        return processes[stack] == process
                && kernel == sample.kernelFrames()
                && user == sample.userFrames()
                && Arrays.equals(addresses, start, start + kernel, sample.kernelIps(), 0, kernel)
                && Arrays.equals(addresses, start + kernel, start + kernel + user, sample.userIps(), 0, user);
    }

    private static long hash(int process, Sample sample) {
        long hash = process;
        for (int i = 0; i < sample.kernelFrames(); i++) {
            hash = mixed(hash, sample.kernelIps()[i]);
        }
        for (int i = 0; i < sample.userFrames(); i++) {
            hash = mixed(hash, sample.userIps()[i]);
        }
        return mixed(hash, sample.kernelFrames());
    }

    private static long mixed(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 29;
    }

    private void ensure(int length) {
        if (addresses.length - used < length) {
            addresses = Arrays.copyOf(addresses, Math.max(addresses.length * 2, used + length));
        }
        if (size == starts.length) {
            int room = size * 2;
            processes = Arrays.copyOf(processes, room);
            starts = Arrays.copyOf(starts, room);
            kernelFrames = Arrays.copyOf(kernelFrames, room);
            userFrames = Arrays.copyOf(userFrames, room);
            counts = Arrays.copyOf(counts, room);
            hashes = Arrays.copyOf(hashes, room);
        }
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int stack = 0; stack < size; stack++) {
            int slot = (int) (hashes[stack] >>> 32) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = stack + 1;
        }
    }

    int process(int stack) {
        return processes[stack];
    }

    int count(int stack) {
        return counts[stack];
    }

    int kernelFrames(int stack) {
        return kernelFrames[stack];
    }

    int userFrames(int stack) {
        return userFrames[stack];
    }

    /** An address in the kernel, leaf first. */
    long kernelIp(int stack, int frame) {
        return addresses[starts[stack] + frame];
    }

    /** An address in the process, leaf first. */
    long userIp(int stack, int frame) {
        return addresses[starts[stack] + kernelFrames[stack] + frame];
    }
}

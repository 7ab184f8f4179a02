package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Reads what {@link SampleProgram} writes. */
final class SampleRecord {

    private SampleRecord() {}

    /** Fills the sample; returns false when the record does not have that layout. */
    static boolean read(MemorySegment memory, long offset, int length, Sample sample) {
        if (length < SampleProgram.FRAMES) {
            return false;
        }
        int kernel = memory.get(JAVA_INT_UNALIGNED, offset + SampleProgram.KERNEL_BYTES);
        int user = memory.get(JAVA_INT_UNALIGNED, offset + SampleProgram.USER_BYTES);
        if (isNoStack(kernel) || isNoStack(user) || SampleProgram.FRAMES + kernel + user > length) {
            return false;
        }
        long ids = memory.get(JAVA_LONG_UNALIGNED, offset + SampleProgram.PID_TGID);
        sample.begin((int) (ids >>> 32), (int) ids, memory.get(JAVA_LONG_UNALIGNED, offset + SampleProgram.CGROUP));
        comm(memory, offset + SampleProgram.COMM, sample);
        long frames = offset + SampleProgram.FRAMES;
        for (int at = 0; at < kernel; at += Long.BYTES) {
            sample.kernelFrame(memory.get(JAVA_LONG_UNALIGNED, frames + at));
        }
        for (int at = 0; at < user; at += Long.BYTES) {
            sample.userFrame(memory.get(JAVA_LONG_UNALIGNED, frames + kernel + at));
        }
        return true;
    }

    private static boolean isNoStack(int bytes) {
        return bytes < 0 || bytes > SampleProgram.MAX_STACK_BYTES || bytes % Long.BYTES != 0;
    }

    private static void comm(MemorySegment memory, long offset, Sample sample) {
        for (int i = 0; i < Sample.COMM_BYTES; i++) {
            byte letter = memory.get(JAVA_BYTE, offset + i);
            if (letter == 0) {
                return;
            }
            sample.commByte(letter);
        }
    }
}

package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rings as the kernel fills them, in memory of the test's. */
final class Rings {
    static final int PAGE = 4096;

    private Rings() {}

    /** Both mappings of a BPF ring: what lies in the second copy of the data is what lies in the first. */
    record OfBpf(MemorySegment consumer, MemorySegment producer, int size) {
        static OfBpf of(int size, Arena arena) {
            return new OfBpf(arena.allocate(PAGE, PAGE), arena.allocate(PAGE + 2L * size, PAGE), size);
        }

        BpfRing ring() {
            return new BpfRing(consumer, producer, PAGE);
        }

        void start(long position) {
            consumer.set(JAVA_LONG, 0, position);
            producer.set(JAVA_LONG, 0, position);
        }

        void add(byte[] record, int flags) {
            long position = producer.get(JAVA_LONG, 0);
            put(position, record.length | flags);
            for (int i = 0; i < record.length; i++) {
                put(position + 8 + i, record[i]);
            }
            producer.set(JAVA_LONG, 0, position + (record.length + 15 & ~7));
        }

        void put(long position, int header) {
            long at = position % size;
            producer.set(JAVA_INT, PAGE + at, header);
            producer.set(JAVA_INT, PAGE + size + at, header);
        }

        private void put(long position, byte value) {
            long at = position % size;
            producer.set(java.lang.foreign.ValueLayout.JAVA_BYTE, PAGE + at, value);
            producer.set(java.lang.foreign.ValueLayout.JAVA_BYTE, PAGE + size + at, value);
        }

        void produced(long position) {
            producer.set(JAVA_LONG, 0, position);
        }
    }

    /** What the program writes of a process with these stacks. */
    static byte[] record(int tgid, int tid, String comm, long[] kernel, long[] user) {
        ByteBuffer bytes = ByteBuffer.allocate(SampleProgram.FRAMES + 8 * (kernel.length + user.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong((long) tgid << 32 | tid).putLong(77);
        for (int i = 0; i < Sample.COMM_BYTES; i++) {
            bytes.put(i < comm.length() ? (byte) comm.charAt(i) : 0);
        }
        bytes.putInt(kernel.length * 8).putInt(user.length * 8);
        for (long ip : kernel) {
            bytes.putLong(ip);
        }
        for (long ip : user) {
            bytes.putLong(ip);
        }
        return bytes.array();
    }
}

package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/** Reads the ring of one perf event. Records wrap at its end and are therefore copied before they are read. */
final class PerfRing {
    private static final VarHandle POSITION = JAVA_LONG.varHandle();
    private static final long HEAD = 1024;
    private static final long TAIL = 1032;
    private static final int HEADER_BYTES = 8;
    private static final int SIZE = 6;

    /** Takes a whole record, header included, valid during the call. */
    interface Reader {
        void read(int type, MemorySegment record, int length);
    }

    private final MemorySegment memory;
    private final long data;
    private final long capacity;
    private final MemorySegment copy = MemorySegment.ofArray(new byte[1 << 16]);
    private long damaged;

    /**
     * @param memory a page with both positions, then the data, whose size is a power of two
     * @param page the size of a page
     */
    PerfRing(MemorySegment memory, int page) {
        this.memory = memory;
        this.data = page;
        this.capacity = memory.byteSize() - page;
    }

    void drain(Reader reader) {
        long head = (long) POSITION.getAcquire(memory, HEAD);
        long tail = (long) POSITION.getAcquire(memory, TAIL);
        if (head - tail > capacity || head < tail) {
            damaged++;
            tail = head;
        }
        while (tail < head) {
            if (head - tail < HEADER_BYTES) {
                damaged++;
                break;
            }
            copy(tail, 0, HEADER_BYTES);
            int size = copy.get(JAVA_SHORT_UNALIGNED, SIZE) & 0xFFFF;
            if (size < HEADER_BYTES || size > head - tail) {
                damaged++;
                break;
            }
            copy(tail + HEADER_BYTES, HEADER_BYTES, size - HEADER_BYTES);
            reader.read(copy.get(JAVA_INT_UNALIGNED, 0), copy, size);
            tail += size;
        }
        POSITION.setRelease(memory, TAIL, head);
    }

    private void copy(long from, long to, long length) {
        long start = from & capacity - 1;
        long first = Math.min(length, capacity - start);
        MemorySegment.copy(memory, data + start, copy, to, first);
        MemorySegment.copy(memory, data, copy, to + first, length - first);
    }

    /** How often the ring made no sense, which no kernel should bring about. */
    long damaged() {
        return damaged;
    }
}

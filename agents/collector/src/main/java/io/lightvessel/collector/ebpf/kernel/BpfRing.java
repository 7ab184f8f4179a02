package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Reads a BPF ring buffer. Its memory is mapped twice, one copy behind the other, so that records never wrap. Positions
 * are read with acquire and written with release semantics, as the kernel does on its side.
 */
final class BpfRing {
    private static final VarHandle POSITION = JAVA_LONG.varHandle();
    private static final VarHandle HEADER = JAVA_INT.varHandle();
    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;
    private static final int LENGTH = DISCARDED - 1;
    private static final int HEADER_BYTES = 8;

    /** Takes the content of a record, valid during the call. */
    interface Reader {
        void read(MemorySegment memory, long offset, int length);
    }

    private final MemorySegment consumer;
    private final MemorySegment producer;
    private final long data;
    private final long mask;
    private long damaged;

    /**
     * @param consumer the page with the reader's position
     * @param producer the page with the writer's position, then twice the data
     * @param page the size of a page
     */
    BpfRing(MemorySegment consumer, MemorySegment producer, int page) {
        this.consumer = consumer;
        this.producer = producer;
        this.data = page;
        this.mask = (producer.byteSize() - page) / 2 - 1;
    }

    /** Reads what is complete; a record that is being written ends it until the next time. */
    int drain(Reader reader) {
        long consumed = (long) POSITION.getAcquire(consumer, 0L);
        long produced = (long) POSITION.getAcquire(producer, 0L);
        int records = 0;
        while (consumed < produced) {
            long at = data + (consumed & mask);
            int header = (int) HEADER.getAcquire(producer, at);
            if ((header & BUSY) != 0) {
                break;
            }
            int length = header & LENGTH;
            if (length > Math.min(produced - consumed, mask + 1) - HEADER_BYTES) {
                // Nothing tells where the next one begins.
                damaged++;
                consumed = produced;
            } else {
                if ((header & DISCARDED) == 0) {
                    reader.read(producer, at + HEADER_BYTES, length);
                    records++;
                }
                consumed += length + HEADER_BYTES + 7 & ~7;
            }
            POSITION.setRelease(consumer, 0L, consumed);
        }
        return records;
    }

    /** How often the ring made no sense, which no kernel should bring about. */
    long damaged() {
        return damaged;
    }
}

package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PerfRingTest {
    private static final long KERNEL = -128;
    private static final long USER = -512;
    private static final long GUEST = -2048;
    private static final int SIZE = 256;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(Rings.PAGE + SIZE, Rings.PAGE);
    private final PerfRing ring = new PerfRing(memory, Rings.PAGE);

    @AfterEach
    void close() {
        arena.close();
    }

    private static byte[] sample(int tgid, int tid, long cgroup, long... stack) {
        ByteBuffer bytes = ByteBuffer.allocate(32 + stack.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(PerfRecord.SAMPLE).putShort((short) 2).putShort((short) bytes.capacity());
        bytes.putInt(tgid).putInt(tid).putLong(stack.length);
        for (long ip : stack) {
            bytes.putLong(ip);
        }
        return bytes.putLong(cgroup).array();
    }

    private void add(byte[] record) {
        long head = memory.get(JAVA_LONG, 1024);
        for (int i = 0; i < record.length; i++) {
            memory.set(JAVA_BYTE, Rings.PAGE + (head + i) % SIZE, record[i]);
        }
        memory.set(JAVA_LONG, 1024, head + record.length);
    }

    private List<byte[]> drain() {
        List<byte[]> records = new ArrayList<>();
        ring.drain(
                (type, record, length) -> records.add(record.asSlice(0, length).toArray(JAVA_BYTE)));
        return records;
    }

    @Test
    void recordsWrapAnywhere() {
        byte[] record = sample(1, 2, 3, KERNEL, -77, USER, 5, 6);
        for (int round = 0; round < 40; round++) {
            add(record);
            assertThat(drain()).containsExactly(record);
            assertThat(memory.get(JAVA_LONG, 1032)).isEqualTo(memory.get(JAVA_LONG, 1024));
        }
        assertThat(ring.damaged()).isZero();
    }

    @Test
    void stacksAreTakenApartByTheirMarks() {
        byte[] record = sample(12, 34, 77, KERNEL, -1000_000, -2000_000, USER, 5, 6, GUEST, 7);
        Sample sample = new Sample();
        assertThat(PerfRecord.read(MemorySegment.ofArray(record), record.length, true, sample))
                .isTrue();
        assertThat(sample.tgid()).isEqualTo(12);
        assertThat(sample.tid()).isEqualTo(34);
        assertThat(sample.cgroupId()).isEqualTo(77);
        assertThat(Arrays.copyOf(sample.kernelIps(), sample.kernelFrames())).containsExactly(-1000_000, -2000_000);
        assertThat(Arrays.copyOf(sample.userIps(), sample.userFrames())).containsExactly(5, 6);
    }

    @Test
    void countsBeyondTheRecordAreRefused() {
        byte[] record = sample(12, 34, 77, USER, 5);
        ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putLong(16, 4);
        assertThat(PerfRecord.read(MemorySegment.ofArray(record), record.length, true, new Sample()))
                .isFalse();
    }

    @Test
    void sizesThatMakeNoSenseGiveUpTheRest() {
        byte[] record = sample(1, 2, 3, USER, 5);
        record[6] = 3;
        record[7] = 0;
        add(record);
        assertThat(drain()).isEmpty();
        assertThat(ring.damaged()).isEqualTo(1);
        byte[] next = sample(1, 2, 3, USER, 6);
        add(next);
        assertThat(drain()).containsExactly(next);
    }

    @Test
    void positionsFartherApartThanTheRingStartAnew() {
        memory.set(JAVA_LONG, 1024, 10_000L);
        assertThat(drain()).isEmpty();
        assertThat(ring.damaged()).isEqualTo(1);
        byte[] next = sample(1, 2, 3, USER, 6);
        add(next);
        assertThat(drain()).containsExactly(next);
    }
}

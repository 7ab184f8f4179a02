package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whatever lies in a ring: reading it ends, stays within it, and goes on with what is written later. */
class RingFuzzTest {
    private static final int SIZE = 1 << 14;

    /** Something in the ring was no record, or no sample. */
    private static final class Damaged extends Exception {
        Damaged(String message) {
            super(message);
        }
    }

    @Test
    void bpfRecords() throws IOException {
        seed("bpf-ring", bpfSeed());
        Fuzz.run("bpf-ring", 8000, RingFuzzTest::takeBpf, Damaged.class);
    }

    private static String takeBpf(byte[] input) throws Damaged {
        try (Arena arena = Arena.ofConfined()) {
            Rings.OfBpf kernel = Rings.OfBpf.of(SIZE, arena);
            int length = Math.min(input.length, SIZE) & ~7;
            MemorySegment.copy(MemorySegment.ofArray(input), 0, kernel.producer(), Rings.PAGE, length);
            MemorySegment.copy(MemorySegment.ofArray(input), 0, kernel.producer(), Rings.PAGE + SIZE, length);
            kernel.produced(length);
            BpfRing ring = kernel.ring();
            Sample sample = new Sample();
            int[] frames = new int[2];
            int records = ring.drain((memory, offset, size) -> {
                assertThat(offset + size).isLessThanOrEqualTo(memory.byteSize());
                if (SampleRecord.read(memory, offset, size, sample)) {
                    frames[0] += sample.kernelFrames() + sample.userFrames();
                } else {
                    frames[1]++;
                }
            });
            long consumed = kernel.consumer().get(JAVA_LONG, 0);
            assertThat(consumed).isBetween(0L, (long) SIZE + 8);
            if (ring.damaged() > 0 || frames[1] > 0) {
                throw new Damaged(ring.damaged() + " damaged, " + frames[1] + " no samples");
            }
            return records + " records of " + frames[0] + " frames";
        }
    }

    @Test
    void perfRecords() throws IOException {
        seed("perf-ring", perfSeed());
        Fuzz.run("perf-ring", 8000, RingFuzzTest::takePerf, Damaged.class);
    }

    private static String takePerf(byte[] input) throws Damaged {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Rings.PAGE + SIZE, Rings.PAGE);
            int length = Math.min(input.length, SIZE);
            MemorySegment.copy(MemorySegment.ofArray(input), 0, memory, Rings.PAGE, length);
            memory.set(JAVA_LONG, 1024, (long) length);
            PerfRing ring = new PerfRing(memory, Rings.PAGE);
            Sample sample = new Sample();
            int[] counts = new int[3];
            long[] lost = new long[1];
            ring.drain((type, record, size) -> {
                if (type == PerfRecord.LOST) {
                    lost[0] += PerfRecord.lost(record, size);
                } else if (PerfRecord.read(record, size, true, sample)) {
                    counts[0]++;
                    counts[1] += sample.kernelFrames() + sample.userFrames();
                } else {
                    counts[2]++;
                }
            });
            assertThat(memory.get(JAVA_LONG, 1032)).isEqualTo(length);
            if (ring.damaged() > 0 || counts[2] > 0) {
                throw new Damaged(ring.damaged() + " damaged, " + counts[2] + " no samples");
            }
            return counts[0] + " samples of " + counts[1] + " frames, " + Long.signum(lost[0]) + " lost";
        }
    }

    private static byte[] bpfSeed() {
        byte[] one = Rings.record(12, 34, "worker", new long[] {-8, -9}, new long[] {1, 2, 3});
        byte[] two = Rings.record(56, 78, "main", new long[0], new long[] {4});
        ByteBuffer ring = ByteBuffer.allocate(one.length + two.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        ring.putInt(one.length).putInt(0).put(one);
        ring.putInt(two.length).putInt(0).put(two);
        return ring.array();
    }

    private static byte[] perfSeed() {
        ByteBuffer ring = ByteBuffer.allocate(24 + 72).order(ByteOrder.LITTLE_ENDIAN);
        ring.putInt(PerfRecord.LOST)
                .putShort((short) 0)
                .putShort((short) 24)
                .putLong(1)
                .putLong(5);
        ring.putInt(PerfRecord.SAMPLE).putShort((short) 2).putShort((short) 72);
        ring.putInt(12)
                .putInt(34)
                .putLong(5)
                .putLong(-128)
                .putLong(-99)
                .putLong(-512)
                .putLong(7)
                .putLong(8);
        ring.putLong(77);
        return ring.array();
    }

    /** Seeds are written once and then are files like those of other targets. */
    private static void seed(String name, byte[] bytes) throws IOException {
        Path file = Path.of("src/test/resources/fuzz", name, "two-records");
        if (Boolean.getBoolean("lightvessel.golden.update")) {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        }
    }
}

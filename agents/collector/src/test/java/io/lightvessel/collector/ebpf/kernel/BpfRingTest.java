package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BpfRingTest {
    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;

    private final Arena arena = Arena.ofConfined();
    private final Rings.OfBpf kernel = Rings.OfBpf.of(256, arena);
    private final BpfRing ring = kernel.ring();
    private final List<String> read = new ArrayList<>();

    @AfterEach
    void close() {
        arena.close();
    }

    private int drain() {
        return ring.drain((memory, offset, length) ->
                read.add(new String(memory.asSlice(offset, length).toArray(JAVA_BYTE))));
    }

    @Test
    void recordsComeInOrderAndMakeRoom() {
        kernel.add("one".getBytes(), 0);
        kernel.add("another one".getBytes(), 0);
        assertThat(drain()).isEqualTo(2);
        assertThat(read).containsExactly("one", "another one");
        assertThat(kernel.consumer().get(JAVA_LONG, 0)).isEqualTo(16 + 24);
        assertThat(drain()).isZero();
    }

    @Test
    void recordsAtTheEndGoOnInTheSecondCopy() {
        kernel.start(256 * 5L + 240);
        kernel.add("over the end of the ring".getBytes(), 0);
        assertThat(drain()).isEqualTo(1);
        assertThat(read).containsExactly("over the end of the ring");
    }

    @Test
    void recordsUnderWayEndARoundAndDiscardedOnesDoNot() {
        kernel.add("gone".getBytes(), DISCARDED);
        kernel.add("there".getBytes(), 0);
        kernel.add("later".getBytes(), BUSY);
        assertThat(drain()).isEqualTo(1);
        assertThat(read).containsExactly("there");
        kernel.put(32, 5);
        assertThat(drain()).isEqualTo(1);
        assertThat(read).containsExactly("there", "later");
    }

    @Test
    void lengthsBeyondWhatWasWrittenGiveUpTheRest() {
        kernel.add("one".getBytes(), 0);
        kernel.put(0, 4000);
        assertThat(drain()).isZero();
        assertThat(ring.damaged()).isEqualTo(1);
        kernel.add("two".getBytes(), 0);
        drain();
        assertThat(read).containsExactly("two");
    }

    @Test
    void samplesAreWhatTheProgramWrote() {
        byte[] record = Rings.record(12, 34, "worker", new long[] {-8, -9}, new long[] {1, 2, 3});
        Sample sample = new Sample();
        assertThat(SampleRecord.read(MemorySegment.ofArray(record), 0, record.length, sample))
                .isTrue();
        assertThat(sample.tgid()).isEqualTo(12);
        assertThat(sample.tid()).isEqualTo(34);
        assertThat(sample.cgroupId()).isEqualTo(77);
        assertThat(sample.commText()).isEqualTo("worker");
        assertThat(Arrays.copyOf(sample.kernelIps(), sample.kernelFrames())).containsExactly(-8, -9);
        assertThat(Arrays.copyOf(sample.userIps(), sample.userFrames())).containsExactly(1, 2, 3);
        assertThat(sample.truncated()).isFalse();
        assertThat(SampleRecord.read(MemorySegment.ofArray(record), 0, record.length - 1, sample))
                .isFalse();
    }

    @Test
    void fullStacksMayHaveBeenCut() {
        byte[] record = Rings.record(1, 1, "", new long[0], new long[Sample.MAX_FRAMES]);
        Sample sample = new Sample();
        assertThat(SampleRecord.read(MemorySegment.ofArray(record), 0, record.length, sample))
                .isTrue();
        assertThat(sample.truncated()).isTrue();
    }
}

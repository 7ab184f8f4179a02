package io.lightvessel.pipeline.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AcknowledgedTest {

    @Test
    void thePointerIsTheLowestNumberThatHasNotEnded() {
        Acknowledged acknowledged = new Acknowledged(10, List.of());
        acknowledged.add(11, 12);
        acknowledged.add(13, 15);
        assertThat(acknowledged.pointer()).isEqualTo(10);
        assertThat(acknowledged.ceiling()).isEqualTo(15);
        acknowledged.add(10, 11);
        assertThat(acknowledged.pointer()).isEqualTo(12);
        assertThat(acknowledged.ranges()).containsExactly(new Acknowledged.Range(13, 15));
        acknowledged.add(12, 13);
        assertThat(acknowledged.pointer()).isEqualTo(15);
        assertThat(acknowledged.ranges()).isEmpty();
    }

    @Test
    void itIsTheSetOfWhatWasAdded() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            Acknowledged acknowledged = new Acknowledged(0, List.of());
            BitSet naive = new BitSet();
            for (int i = 0; i < 60; i++) {
                int from = random.nextInt(100);
                int to = from + random.nextInt(6);
                acknowledged.add(from, to);
                naive.set(from, to);
                int low = random.nextInt(100);
                int high = low + random.nextInt(6);
                int next = naive.nextSetBit(low);
                assertThat(acknowledged.touches(low, high)).isEqualTo(next >= 0 && next <= high);
            }
            assertThat(acknowledged.pointer()).isEqualTo(naive.nextClearBit(0));
            for (int n = 0; n < 110; n++) {
                assertThat(acknowledged.contains(n)).isEqualTo(naive.get(n));
            }
        }
    }
}

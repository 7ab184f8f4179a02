package io.lightvessel.local.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnappyTest {

    @Test
    void aLiteralIsCopied() throws Exception {
        byte[] packed = {5, 4 << 2, 'h', 'e', 'l', 'l', 'o'};

        assertThat(Snappy.unpack(packed, 100)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aCopyThatOverlapsItselfRepeats() throws Exception {
        // "ab", then 8 bytes from 2 back: tag 01, length 8 = 4 + 4.
        byte[] packed = {10, 1 << 2, 'a', 'b', (4 << 2) | 1, 2};

        assertThat(Snappy.unpack(packed, 100)).isEqualTo("ababababab".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aCopyWithTwoByteOffsetReachesBack() throws Exception {
        byte[] packed = {6, 2 << 2, 'x', 'y', 'z', (2 << 2) | 2, 3, 0};

        assertThat(Snappy.unpack(packed, 100)).isEqualTo("xyzxyz".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBombIsRefusedBeforeItUnpacks() {
        byte[] packed = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0};

        assertThatThrownBy(() -> Snappy.unpack(packed, 100))
                .isInstanceOf(BadBody.class)
                .hasMessage("snappy body: 4294967295 bytes unpacked (expected: at most 100)");
    }

    @Test
    void aTruncatedBodyIsRefused() {
        assertThatThrownBy(() -> Snappy.unpack(new byte[] {5, 4 << 2, 'h'}, 100))
                .isInstanceOf(BadBody.class)
                .hasMessage("snappy body: literal of 5 bytes at 2 runs over the end");
        assertThatThrownBy(() -> Snappy.unpack(new byte[] {}, 100))
                .hasMessage("snappy body: ends after 0 bytes in the middle of an element");
    }

    @Test
    void garbageNeverDoesWorseThanBeRefused() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[random.nextInt(40)];
            random.nextBytes(garbage);
            try {
                assertThat(Snappy.unpack(garbage, 1_000)).hasSizeLessThanOrEqualTo(1_000);
            } catch (BadBody expected) {
                assertThat(expected).hasMessageStartingWith("snappy body: ");
            }
        }
    }
}

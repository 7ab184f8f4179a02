package io.lightvessel.collector.filelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NewlinesTest {

    @Test
    void findsWhatLookingAtEveryByteFinds() {
        Random random = new Random(10);
        // What differs from a newline by a bit or by one, so that borrows and carries would show.
        byte[] alike = {'\n', 0x0B, 0x09, 0x0A - 0x80, 0x0B - 0x80, 0x1A, 0, -1, 'a'};
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alike[random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(alike.length - 1)];
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int expected = from;
            while (expected < to && bytes[expected] != '\n') {
                expected++;
            }
            assertThat(Newlines.next(bytes, from, to)).isEqualTo(expected);
        }
    }
}

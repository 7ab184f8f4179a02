package io.lightvessel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HuffmanCodeTest {
    @Test
    void skewedCountsGiveACompleteCodeWithinTheLimit() {
        int[] fibonacci = new int[24];
        fibonacci[0] = 1;
        fibonacci[1] = 1;
        for (int i = 2; i < fibonacci.length; i++) {
            fibonacci[i] = fibonacci[i - 1] + fibonacci[i - 2];
        }
        for (int limit : new int[] {5, 7, 9, 14, 15}) {
            HuffmanCode code = new HuffmanCode(fibonacci.length, limit);
            code.build(fibonacci);
            assertComplete(code, limit);
            assertThat((int) code.lengths[23]).isLessThanOrEqualTo(code.lengths[0]);
        }
    }

    @Test
    void randomCountsGiveTheLeastBitsAndPrefixFreeWords() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            int[] counts = new int[2 + random.nextInt(285)];
            for (int k = 0; k < counts.length; k++) {
                counts[k] = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1 + random.nextInt(200));
            }
            counts[0] = 1;
            counts[counts.length - 1] = 1;
            HuffmanCode code = new HuffmanCode(counts.length, 15);
            code.build(counts);
            assertComplete(code, 15);
            assertThat(code.cost(counts)).isEqualTo(leastBits(counts));
        }
    }

    @Test
    void fewerThanTwoSymbolsStillGiveACompleteCode() {
        for (int only = -1; only < 30; only++) {
            int[] counts = new int[30];
            if (only >= 0) {
                counts[only] = 7;
            }
            HuffmanCode code = new HuffmanCode(30, 15);
            code.build(counts);
            assertComplete(code, 15);
            assertThat((int) code.lengths[Math.max(0, only)]).isEqualTo(1);
        }
    }

    @Test
    void theDecodersTableFindsEveryWordWithAnyBitsBehindIt() {
        Random random = new Random(2);
        for (int i = 0; i < 300; i++) {
            int[] counts = new int[DeflateFormat.LITERALS_AND_LENGTHS];
            for (int k = 0; k < counts.length; k++) {
                // Some counts grow by powers, so that words get long enough for second tables.
                counts[k] = random.nextInt(3) == 0 ? 1 << random.nextInt(17) : random.nextInt(2);
            }
            counts[DeflateFormat.END_OF_BLOCK] = 1;
            HuffmanCode code = new HuffmanCode(counts.length, 15);
            code.build(counts);
            DecodeTable table = DecodeTable.literals();
            assertThat(table.build(code.lengths, 0, code.lengths.length, false)).isEmpty();
            for (int symbol = 0; symbol < 256; symbol++) {
                int bits = code.words[symbol] & 0xFF;
                if (bits == 0) {
                    continue;
                }
                int word = code.words[symbol] >>> 8 | random.nextInt(1 << 10) << bits;
                int entry = table.entries[word & 2047];
                int used = 0;
                if (entry >= 0) {
                    assertThat(bits).isGreaterThan(11);
                    used = entry & 0xFF;
                    entry = table.entries[(entry >>> 16) + (word >>> used & (1 << (entry >>> 8 & 15)) - 1)];
                }
                assertThat(entry >>> 16 & 0xFF).isEqualTo(symbol);
                assertThat(used + (entry & 0xFF)).isEqualTo(bits);
            }
        }
    }

    private static void assertComplete(HuffmanCode code, int limit) {
        int claimed = 0;
        for (int i = 0; i < code.lengths.length; i++) {
            assertThat((int) code.lengths[i]).isLessThanOrEqualTo(limit);
            claimed += code.lengths[i] == 0 ? 0 : 1 << 15 - code.lengths[i];
            assertThat(code.words[i] & 0xFF).isEqualTo(code.lengths[i]);
        }
        assertThat(claimed).isEqualTo(1 << 15);
    }

    /** Huffman's own way: the two least weights become one until one is left. */
    private static long leastBits(int[] counts) {
        PriorityQueue<Long> weights = new PriorityQueue<>();
        Arrays.stream(counts).filter(n -> n > 0).forEach(n -> weights.add((long) n));
        long bits = 0;
        while (weights.size() > 1) {
            long both = weights.remove() + weights.remove();
            bits += both;
            weights.add(both);
        }
        return bits;
    }
}

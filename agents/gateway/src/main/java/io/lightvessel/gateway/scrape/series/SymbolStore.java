package io.lightvessel.gateway.scrape.series;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The texts a target's series are made of, each once, kept as the very bytes they have in a request: writing all of them
 * is one copy. Number 0 is the empty text. Only grows; {@link TargetSeries} makes a new one when much of it is dead.
 */
final class SymbolStore {
    private static final int FIELD = 4;

    private final SeriesKey key = new SeriesKey();
    private final ProtoWriter section = new ProtoWriter(1024);
    /** Where each symbol's field begins in the section. */
    private int[] starts = new int[64];

    private int[] slots = new int[128];
    private int count;

    SymbolStore() {
        intern("");
    }

    int count() {
        return count;
    }

    int bytes() {
        return section.size();
    }

    /** How many bytes the first symbols take in a request. */
    int bytes(int symbols) {
        return symbols == count ? section.size() : starts[symbols];
    }

    byte[] array() {
        return section.array();
    }

    int intern(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return intern(utf8, 0, utf8.length);
    }

    /** The number of a text that is there already, or -1. */
    int find(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return slots[slot(utf8, 0, utf8.length)] - 1;
    }

    /** Where a text is, or would be. */
    private int slot(byte[] utf8, int offset, int length) {
        key.of(utf8, offset, offset + length);
        int mask = slots.length - 1;
        int slot = (int) key.high & mask;
        byte[] bytes = section.array();
        for (int known = slots[slot]; known != 0; known = slots[slot]) {
            int from = textStart(known - 1);
            if (textLength(known - 1) == length
                    && Arrays.equals(bytes, from, from + length, utf8, offset, offset + length)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    int intern(byte[] utf8, int offset, int length) {
        int slot = slot(utf8, offset, length);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count + (count >> 1));
        }
        starts[count] = section.size();
        section.bytes(FIELD, utf8, offset, length);
        slots[slot] = ++count;
        if (count * 3L > slots.length * 2L) {
            rehash();
        }
        return count - 1;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int symbol = 0; symbol < count; symbol++) {
            int from = textStart(symbol);
            key.of(section.array(), from, from + textLength(symbol));
            int slot = (int) key.high & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = symbol + 1;
        }
    }

    String text(int symbol) {
        return new String(section.array(), textStart(symbol), textLength(symbol), StandardCharsets.UTF_8);
    }

    int textStart(int symbol) {
        int at = starts[symbol] + 1;
        while (section.array()[at] < 0) {
            at++;
        }
        return at + 1;
    }

    int textLength(int symbol) {
        byte[] bytes = section.array();
        int length = 0;
        int at = starts[symbol] + 1;
        for (int shift = 0; ; shift += 7) {
            length |= (bytes[at] & 0x7F) << shift;
            if (bytes[at++] >= 0) {
                return length;
            }
        }
    }

    long memory() {
        return section.array().length + 4L * starts.length + 4L * slots.length;
    }
}

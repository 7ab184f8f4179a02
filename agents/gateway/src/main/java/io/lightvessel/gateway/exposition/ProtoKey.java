package io.lightvessel.gateway.exposition;

import java.util.Arrays;

/** The bytes that stand for a series whose name and labels are not in one place of the body. */
final class ProtoKey {
    private byte[] bytes = new byte[512];
    private int prefix;
    private int size;

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Writes name and labels, but for a label of this name; what {@link #finish} adds tells series of one metric apart. */
    void begin(byte[] body, int nameFrom, int nameTo, SeriesSpans spans, byte[] skipped) {
        prefix = 0;
        put(body, nameFrom, nameTo);
        for (int i = 0; i < spans.labels(); i++) {
            if (skipped.length > 0 && Texts.equal(body, spans.place(i, 0), spans.place(i, 1), skipped)) {
                continue;
            }
            put(body, spans.place(i, 0), spans.place(i, 1));
            put(body, spans.place(i, 2), spans.place(i, 3));
        }
        size = prefix;
    }

    void finish(int part, double bound) {
        ensure(prefix + 9);
        bytes[prefix] = (byte) part;
        long bits = Double.doubleToRawLongBits(bound);
        for (int i = 1; i <= 8; i++) {
            bytes[prefix + i] = (byte) bits;
            bits >>>= 8;
        }
        size = prefix + 9;
    }

    private void put(byte[] body, int from, int to) {
        int length = to - from;
        ensure(prefix + 4 + length);
        for (int shift = 0; shift < 32; shift += 8) {
            bytes[prefix++] = (byte) (length >>> shift);
        }
        System.arraycopy(body, from, bytes, prefix, length);
        prefix += length;
    }

    private void ensure(int needed) {
        if (bytes.length < needed) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }
}

package io.lightvessel.gateway.scrape.series;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;

/** Writes the labels of a series as references to symbols, and reads them again. Reused, not shared. */
final class LabelEncoder {
    private static final int LABELS = 1;

    private final ProtoWriter out = new ProtoWriter(256);
    private int[] references = new int[64];
    private int count;

    /** Makes {@link #references()} those of sorted labels. */
    void intern(LabelBuffer labels, SymbolStore symbols) {
        clear();
        for (int i = 0; i < labels.count(); i++) {
            add(symbols.intern(labels.name(i)));
            add(symbols.intern(labels.value(i)));
        }
    }

    /** Makes {@link #references()} those of a piece. */
    void read(byte[] pieces, int from, int length) {
        clear();
        int at = from + 1;
        while (pieces[at++] < 0) {
            // The length of the references, which end with the labels' part of the piece.
        }
        int end = from + length;
        while (at < end) {
            int value = 0;
            int shift = 0;
            while (pieces[at] < 0) {
                value |= (pieces[at++] & 0x7F) << shift;
                shift += 7;
            }
            add(value | pieces[at++] << shift);
        }
    }

    void clear() {
        count = 0;
    }

    void add(int reference) {
        if (count == references.length) {
            references = Arrays.copyOf(references, count * 2);
        }
        references[count++] = reference;
    }

    int[] references() {
        return references;
    }

    int count() {
        return count;
    }

    /** Starts a piece with the references. */
    ProtoWriter encode() {
        out.clear();
        int length = 0;
        for (int i = 0; i < count; i++) {
            length += ProtoWriter.sizeOfVarint(references[i]);
        }
        out.tag(LABELS, ProtoWriter.LEN);
        out.varint(length);
        for (int i = 0; i < count; i++) {
            out.varint(references[i]);
        }
        return out;
    }
}

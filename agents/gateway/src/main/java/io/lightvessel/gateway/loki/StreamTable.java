package io.lightvessel.gateway.loki;

import io.lightvessel.gateway.labels.LabelSet;
import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;

/** Lines by the tenant and the labels of their stream; reused from payload to payload. */
final class StreamTable implements LabelSet.Taker {
    /** More than this is given back after use: one huge payload must not cost memory for ever. */
    private static final int KEPT_BYTES = 8 << 20;

    private static final int KEPT_ENTRIES = 1 << 17;

    private final Symbols symbols = new Symbols();
    private final ProtoWriter text = new ProtoWriter(512);
    private ProtoWriter contents = new ProtoWriter(64 * 1024);
    private int[] stream = new int[512];
    private long[] time = new long[512];
    private int[] start = new int[512];
    private int[] end = new int[512];
    private int entries;
    private int[] labels = new int[256];
    private int[] tenants = new int[256];
    private int[] counts = new int[256];
    private boolean[] sorted = new boolean[256];
    private long[] newest = new long[256];
    private int streams;
    private int labelCount;
    private int[] byLabels = new int[512];

    Symbols symbols() {
        return symbols;
    }

    void clear() {
        if (contents.array().length > KEPT_BYTES) {
            contents = new ProtoWriter(64 * 1024);
        }
        if (stream.length > KEPT_ENTRIES) {
            stream = new int[512];
            time = new long[512];
            start = new int[512];
            end = new int[512];
        }
        contents.clear();
        symbols.clear();
        entries = 0;
        streams = 0;
        Arrays.fill(byLabels, 0);
    }

    /** Where an entry's fields but for its timestamp are written before {@link #add} takes them over. */
    ProtoWriter contents() {
        return contents;
    }

    /** The stream of these labels; -1 when there are none. */
    int stream(LabelSet set, int tenant) {
        labelCount = 0;
        text.clear();
        text.raw((byte) '{');
        set.forEach(this);
        if (labelCount == 0) {
            return -1;
        }
        text.raw((byte) '}');
        return find(symbols.intern(text.array(), 0, text.size()), tenant);
    }

    @Override
    public void take(int nameSymbol, int valueSymbol) {
        if (labelCount++ > 0) {
            text.raw((byte) ',');
            text.raw((byte) ' ');
        }
        text.raw(symbols.array(), symbols.start(nameSymbol), symbols.length(nameSymbol));
        text.raw((byte) '=');
        Quotes.quoted(symbols.array(), symbols.start(valueSymbol), symbols.length(valueSymbol), text);
    }

    private int find(int labelText, int tenant) {
        int mask = byLabels.length - 1;
        int slot = slot(labelText, tenant) & mask;
        for (; byLabels[slot] != 0; slot = slot + 1 & mask) {
            int known = byLabels[slot] - 1;
            if (labels[known] == labelText && tenants[known] == tenant) {
                return known;
            }
        }
        if (streams == labels.length) {
            int larger = streams * 2;
            labels = Arrays.copyOf(labels, larger);
            tenants = Arrays.copyOf(tenants, larger);
            counts = Arrays.copyOf(counts, larger);
            sorted = Arrays.copyOf(sorted, larger);
            newest = Arrays.copyOf(newest, larger);
        }
        labels[streams] = labelText;
        tenants[streams] = tenant;
        counts[streams] = 0;
        sorted[streams] = true;
        newest[streams] = Long.MIN_VALUE;
        byLabels[slot] = ++streams;
        if (streams * 2 > byLabels.length) {
            rehash();
        }
        return streams - 1;
    }

    private void rehash() {
        byLabels = new int[byLabels.length * 2];
        int mask = byLabels.length - 1;
        for (int i = 0; i < streams; i++) {
            int slot = slot(labels[i], tenants[i]) & mask;
            while (byLabels[slot] != 0) {
                slot = slot + 1 & mask;
            }
            byLabels[slot] = i + 1;
        }
    }

    private static int slot(int labelText, int tenant) {
        int code = (labelText * 31 + tenant) * 0x9E37_79B1;
        return code ^ code >>> 15;
    }

    /** Adds the entry whose contents were written since {@code from}. */
    void add(int at, long nanos, int from) {
        if (entries == stream.length) {
            int larger = entries * 2;
            stream = Arrays.copyOf(stream, larger);
            time = Arrays.copyOf(time, larger);
            start = Arrays.copyOf(start, larger);
            end = Arrays.copyOf(end, larger);
        }
        stream[entries] = at;
        time[entries] = nanos;
        start[entries] = from;
        end[entries] = contents.size();
        entries++;
        counts[at]++;
        sorted[at] &= nanos >= newest[at];
        newest[at] = Math.max(newest[at], nanos);
    }

    /** All entries, stream by stream, those of a stream in the order of time; equal times keep their order. */
    int[] order() {
        int[] next = new int[streams];
        for (int i = 1; i < streams; i++) {
            next[i] = next[i - 1] + counts[i - 1];
        }
        int[] order = new int[entries];
        for (int i = 0; i < entries; i++) {
            order[next[stream[i]]++] = i;
        }
        for (int i = 0; i < streams; i++) {
            if (!sorted[i]) {
                sort(order, next[i] - counts[i], next[i]);
            }
        }
        return order;
    }

    /** Producers rarely send a stream out of order, so this may box. */
    private void sort(int[] order, int from, int to) {
        Integer[] boxed = new Integer[to - from];
        for (int i = from; i < to; i++) {
            boxed[i - from] = order[i];
        }
        Arrays.sort(boxed, (a, b) -> Long.compare(time[a], time[b]));
        for (int i = from; i < to; i++) {
            order[i] = boxed[i - from];
        }
    }

    int stream(int entry) {
        return stream[entry];
    }

    int tenant(int entry) {
        return tenants[stream[entry]];
    }

    void writeLabels(int at, ProtoWriter out) {
        symbols.write(labels[at], 1, out);
    }

    /** Appends an EntryAdapter as field 2. */
    void writeEntry(int entry, ProtoWriter out) {
        int adapter = out.begin(2);
        int timestamp = out.begin(1);
        out.varint(1, Math.floorDiv(time[entry], 1_000_000_000L));
        out.varint(2, Math.floorMod(time[entry], 1_000_000_000L));
        out.end(timestamp);
        out.raw(contents.array(), start[entry], end[entry] - start[entry]);
        out.end(adapter);
    }
}

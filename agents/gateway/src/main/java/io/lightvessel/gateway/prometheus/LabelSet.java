package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The labels of one series while they are put together; sorted, made unique and encoded at the end. */
final class LabelSet {
    /** Which of two labels with the same name counts; two of the data point's own are joined instead. */
    static final int EXTERNAL = 0;

    static final int RESOURCE = 1;
    static final int POINT = 2;
    static final int IDENTITY = 3;
    static final int OWN = 4;

    private static final byte[] KEY = {'k', 'e', 'y', '_'};

    private final ProtoWriter text = new ProtoWriter(4096);
    private int[] nameStart = new int[32];
    private int[] nameLength = new int[32];
    private int[] valueStart = new int[32];
    private int[] valueLength = new int[32];
    private int[] rank = new int[32];
    private int[] order = new int[32];
    private int count;

    /** Where this set stands now, to come back to by {@link #reset}. */
    long mark() {
        return (long) count << 32 | text.size();
    }

    void reset(long mark) {
        count = (int) (mark >>> 32);
        text.truncate((int) mark);
    }

    void clear() {
        reset(0);
    }

    /** A name and value that need no cleaning. */
    void add(byte[] name, byte[] value, int as) {
        add(name, value, 0, value.length, as);
    }

    void add(byte[] name, byte[] value, int offset, int length, int as) {
        int at = begin(as);
        text.raw(name, 0, name.length);
        value(at);
        text.raw(value, offset, length);
        end(at);
    }

    /** An attribute by its key in a payload; its value follows through {@link #value}, {@link #end}. */
    int beginAttribute(ByteBuf source, int keyStart, int keyLength, int as) {
        int at = begin(as);
        sanitize(source, keyStart, keyLength);
        value(at);
        return at;
    }

    ProtoWriter text() {
        return text;
    }

    private int begin(int as) {
        if (count == rank.length) {
            int larger = count * 2;
            nameStart = Arrays.copyOf(nameStart, larger);
            nameLength = Arrays.copyOf(nameLength, larger);
            valueStart = Arrays.copyOf(valueStart, larger);
            valueLength = Arrays.copyOf(valueLength, larger);
            rank = Arrays.copyOf(rank, larger);
            order = Arrays.copyOf(order, larger);
        }
        nameStart[count] = text.size();
        rank[count] = as;
        return count++;
    }

    private void value(int at) {
        nameLength[at] = text.size() - nameStart[at];
        valueStart[at] = text.size();
    }

    void end(int at) {
        valueLength[at] = text.size() - valueStart[at];
        if (nameLength[at] == 0 || valueLength[at] == 0) {
            // An empty value means no label, in Prometheus' terms.
            text.truncate(nameStart[at]);
            count = at;
        }
    }

    /** Everything but letters, digits and underscores becomes an underscore, one for each character. */
    private void sanitize(ByteBuf source, int start, int length) {
        if (length == 0) {
            return;
        }
        byte first = source.getByte(start);
        if (first >= '0' && first <= '9') {
            text.raw(KEY, 0, 4);
        } else if (first == '_' && (length == 1 || source.getByte(start + 1) != '_')) {
            text.raw(KEY, 0, 3);
        }
        for (int i = start; i < start + length; i++) {
            byte c = source.getByte(i);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_') {
                text.raw(c);
            } else if ((c & 0xC0) != 0x80) {
                text.raw((byte) '_');
            }
        }
    }

    /** Appends the labels as repeated field 1 of a TimeSeries. */
    void encode(ProtoWriter out) {
        sort();
        for (int i = 0; i < count; ) {
            int best = order[i];
            int next = i + 1;
            boolean joined = false;
            for (; next < count && compare(order[next], best) == 0; next++) {
                int other = order[next];
                joined |= rank[other] == POINT && rank[best] == POINT;
                if (rank[other] > rank[best]) {
                    best = other;
                    joined = false;
                }
            }
            int label = out.begin(1);
            out.bytes(1, text.array(), nameStart[best], nameLength[best]);
            if (joined) {
                joinedValue(out, i, next);
            } else {
                out.bytes(2, text.array(), valueStart[best], valueLength[best]);
            }
            out.end(label);
            i = next;
        }
    }

    /** What the specification asks for when sanitizing makes two keys the same. */
    private void joinedValue(ProtoWriter out, int from, int to) {
        int value = out.begin(2);
        boolean first = true;
        for (int i = from; i < to; i++) {
            if (rank[order[i]] == POINT) {
                if (!first) {
                    out.raw((byte) ';');
                }
                out.raw(text.array(), valueStart[order[i]], valueLength[order[i]]);
                first = false;
            }
        }
        out.end(value);
    }

    /** By insertion: there are a dozen labels, and most are in order. */
    private void sort() {
        for (int i = 0; i < count; i++) {
            int at = i;
            while (at > 0 && compare(order[at - 1], i) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
    }

    private int compare(int a, int b) {
        return Arrays.compareUnsigned(
                text.array(),
                nameStart[a],
                nameStart[a] + nameLength[a],
                text.array(),
                nameStart[b],
                nameStart[b] + nameLength[b]);
    }
}

package io.lightvessel.gateway.labels;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The labels of one series while they are put together, as symbols: what a resource contributes is interned once and
 * stays in the set from series to series. Sorted and made unique at the end.
 */
public final class LabelSet {
    /** Which of two labels with the same name counts; two of the data point's own are joined instead. */
    public static final int EXTERNAL = 0;

    public static final int RESOURCE = 1;
    public static final int POINT = 2;
    public static final int IDENTITY = 3;
    public static final int OWN = 4;

    private static final byte[] KEY = {'k', 'e', 'y', '_'};

    private final Symbols symbols;
    private final boolean sanitizing;
    private int[] name = new int[32];
    private int[] value = new int[32];
    private int[] rank = new int[32];
    private int[] order = new int[32];
    private int count;

    /** @param sanitizing whether attributes' keys are changed to names of letters, digits and underscores */
    public LabelSet(Symbols symbols, boolean sanitizing) {
        this.symbols = symbols;
        this.sanitizing = sanitizing;
    }

    /** How many labels there are, which is where to come back to by {@link #reset}. */
    public int mark() {
        return count;
    }

    public void reset(int mark) {
        count = mark;
    }

    /** A name and value that need no cleaning. An empty value means no label, in Prometheus' terms. */
    public void add(int nameSymbol, int valueSymbol, int as) {
        if (nameSymbol == 0 || valueSymbol == 0) {
            return;
        }
        if (count == rank.length) {
            int larger = count * 2;
            name = Arrays.copyOf(name, larger);
            value = Arrays.copyOf(value, larger);
            rank = Arrays.copyOf(rank, larger);
            order = Arrays.copyOf(order, larger);
        }
        name[count] = nameSymbol;
        value[count] = valueSymbol;
        rank[count] = as;
        count++;
    }

    public void add(byte[] name, byte[] value, int as) {
        add(symbols.intern(name), symbols.intern(value), as);
    }

    /** An attribute by its key in a payload and a reader that stands on its value, an AnyValue. */
    public void add(ByteBuf source, int keyStart, int keyLength, ProtoReader valueReader, int as)
            throws MalformedPayload {
        add(name(source, keyStart, keyLength), value(valueReader), as);
    }

    /** The label name that an attribute's key becomes. */
    public int name(ByteBuf source, int keyStart, int keyLength) {
        ProtoWriter text = symbols.text();
        int from = text.size();
        if (sanitizing) {
            sanitize(source, keyStart, keyLength, text);
        } else {
            text.raw(source, keyStart, keyLength);
        }
        return symbols.intern(from);
    }

    private int value(ProtoReader reader) throws MalformedPayload {
        ProtoWriter text = symbols.text();
        int from = text.size();
        AttributeText.append(reader, text);
        return symbols.intern(from);
    }

    /** How many characters all names and values have together. */
    public int characters() {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += symbols.characters(name[i]) + symbols.characters(value[i]);
        }
        return sum;
    }

    /** Everything but letters, digits and underscores becomes an underscore, one for each character. */
    private static void sanitize(ByteBuf source, int start, int length, ProtoWriter text) {
        if (length == 0) {
            return;
        }
        byte first = source.getByte(start);
        if (first >= '0' && first <= '9') {
            text.raw(KEY, 0, 4);
        } else if (first == '_' && (length == 1 || source.getByte(start + 1) != '_')) {
            text.raw(KEY, 0, 3);
        }
        int from = text.size();
        text.raw(source, start, length);
        byte[] bytes = text.array();
        int to = from;
        for (int i = from; i < from + length; i++) {
            byte c = bytes[i];
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_') {
                bytes[to++] = c;
            } else if ((c & 0xC0) != 0x80) {
                bytes[to++] = '_';
            }
        }
        text.truncate(to);
    }

    /** Takes a name and a value in turn, all of them in the order of names. */
    @FunctionalInterface
    public interface Taker {
        void take(int nameSymbol, int valueSymbol);
    }

    /** Hands over the labels, sorted by name, each name once. */
    public void forEach(Taker taker) {
        sort();
        for (int i = 0; i < count; ) {
            int best = order[i];
            int next = i + 1;
            boolean joined = false;
            for (; next < count && name[order[next]] == name[best]; next++) {
                int other = order[next];
                joined |= rank[other] == POINT && rank[best] == POINT;
                if (rank[other] > rank[best]) {
                    best = other;
                    joined = false;
                }
            }
            taker.take(name[best], joined ? joinedValue(i, next) : value[best]);
            i = next;
        }
    }

    /** What the specification asks for when sanitizing makes two keys the same. */
    private int joinedValue(int from, int to) {
        ProtoWriter text = symbols.text();
        int start = text.size();
        for (int i = from; i < to; i++) {
            if (rank[order[i]] == POINT) {
                if (text.size() > start) {
                    text.raw((byte) ';');
                }
                int part = value[order[i]];
                text.raw(symbols.array(), symbols.start(part), symbols.length(part));
            }
        }
        return symbols.intern(start);
    }

    /** By insertion: there are a dozen labels, and most are in order. */
    private void sort() {
        for (int i = 0; i < count; i++) {
            int at = i;
            while (at > 0 && symbols.compare(name[order[at - 1]], name[i]) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
    }
}

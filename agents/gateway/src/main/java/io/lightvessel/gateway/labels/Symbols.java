package io.lightvessel.gateway.labels;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Texts of one payload, each kept once and known by a number; number 0 is the empty text. Reused, not shared. */
public final class Symbols {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    /** More than this is given back after use: one huge payload must not cost memory for ever. */
    private static final int KEPT_BYTES = 8 << 20;

    private static final int KEPT_SYMBOLS = 1 << 18;

    private ProtoWriter text = new ProtoWriter(64 * 1024);
    private int[] slots = new int[2048];
    private int[] start = new int[512];
    private int[] length = new int[512];
    private int[] hash = new int[512];
    private int count;

    public Symbols() {
        clear();
    }

    public void clear() {
        if (text.array().length > KEPT_BYTES) {
            text = new ProtoWriter(64 * 1024);
        }
        if (start.length > KEPT_SYMBOLS) {
            slots = new int[2048];
            start = new int[512];
            length = new int[512];
            hash = new int[512];
        }
        text.clear();
        Arrays.fill(slots, 0);
        count = 0;
        intern(0);
    }

    public int count() {
        return count;
    }

    /** Where a text is written before {@link #intern(int)} takes it over; nothing before its end may change. */
    public ProtoWriter text() {
        return text;
    }

    public byte[] array() {
        return text.array();
    }

    public int start(int symbol) {
        return start[symbol];
    }

    public int length(int symbol) {
        return length[symbol];
    }

    /** Code points, which is what limits are counted in. */
    public int characters(int symbol) {
        int sum = 0;
        byte[] bytes = text.array();
        for (int i = start[symbol]; i < start[symbol] + length[symbol]; i++) {
            sum += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return sum;
    }

    public int intern(byte[] bytes) {
        return intern(bytes, 0, bytes.length);
    }

    public int intern(byte[] bytes, int offset, int length) {
        int from = text.size();
        text.raw(bytes, offset, length);
        return intern(from);
    }

    /** The number of the text that was written since {@code from}. */
    public int intern(int from) {
        int size = text.size() - from;
        byte[] bytes = text.array();
        int code = hash(bytes, from, size);
        int mask = slots.length - 1;
        int slot = code & mask;
        for (int known = slots[slot]; known != 0; known = slots[slot]) {
            int symbol = known - 1;
            if (hash[symbol] == code
                    && length[symbol] == size
                    && Arrays.equals(bytes, start[symbol], start[symbol] + size, bytes, from, from + size)) {
                text.truncate(from);
                return symbol;
            }
            slot = slot + 1 & mask;
        }
        return append(slot, code, from, size);
    }

    private int append(int slot, int code, int from, int size) {
        if (count == start.length) {
            int larger = count * 2;
            start = Arrays.copyOf(start, larger);
            length = Arrays.copyOf(length, larger);
            hash = Arrays.copyOf(hash, larger);
        }
        start[count] = from;
        length[count] = size;
        hash[count] = code;
        slots[slot] = ++count;
        if (count * 2 > slots.length) {
            rehash();
        }
        return count - 1;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int i = 0; i < count; i++) {
            int slot = hash[i] & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = i + 1;
        }
    }

    private static int hash(byte[] bytes, int from, int size) {
        long code = size * MIX;
        int at = from;
        int end = from + size;
        for (; end - at >= 8; at += 8) {
            code = (code ^ (long) LONG.get(bytes, at)) * MIX;
            code ^= code >>> 29;
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << 8 | bytes[at] & 0xFF;
        }
        code = (code ^ rest) * MIX;
        return (int) (code ^ code >>> 32);
    }

    /** By their bytes, which for UTF-8 is the order of code points. */
    public int compare(int a, int b) {
        if (a == b) {
            return 0;
        }
        byte[] bytes = text.array();
        return Arrays.compareUnsigned(bytes, start[a], start[a] + length[a], bytes, start[b], start[b] + length[b]);
    }

    /** Appends a text as a length-delimited field. */
    public void write(int symbol, int field, ProtoWriter out) {
        out.bytes(field, text.array(), start[symbol], length[symbol]);
    }
}

package io.lightvessel.pipeline.series;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where the symbols of a request lie, by their numbers; texts are compared in place. */
public final class SymbolIndex {

    private static final int SYMBOL = 4 << 3 | WireReader.LENGTH_DELIMITED;

    private final ByteBuf bytes;
    private int[] start = new int[64];
    private int[] length = new int[64];
    private int count;

    SymbolIndex(ByteBuf bytes) throws MalformedPayload {
        this.bytes = bytes;
        WireReader reader = new WireReader(bytes);
        while (reader.hasMore()) {
            int tag = reader.readTag();
            if (tag == SYMBOL) {
                int size = reader.readLength();
                add(reader.position(), size);
                reader.skipBytes(size);
            } else {
                reader.skip(tag);
            }
        }
        if (count > 0 && length[0] != 0) {
            throw new MalformedPayload("symbol 0 is '" + text(0) + "' (expected: the empty text)");
        }
    }

    private void add(int at, int size) {
        if (count == start.length) {
            start = Arrays.copyOf(start, count * 2);
            length = Arrays.copyOf(length, count * 2);
        }
        start[count] = at;
        length[count++] = size;
    }

    public int count() {
        return count;
    }

    /** Absolute index of a symbol's first byte in the request. */
    public int start(int symbol) {
        return start[symbol];
    }

    public int length(int symbol) {
        return length[symbol];
    }

    public String text(int symbol) {
        return bytes.toString(start[symbol], length[symbol], StandardCharsets.UTF_8);
    }

    public boolean is(int symbol, byte[] text) {
        return length[symbol] == text.length && matches(start[symbol], text);
    }

    public boolean startsWith(int symbol, byte[] beginning) {
        return length[symbol] >= beginning.length && matches(start[symbol], beginning);
    }

    public boolean endsWith(int symbol, byte[] end) {
        return length[symbol] >= end.length && matches(start[symbol] + length[symbol] - end.length, end);
    }

    /** Whether two symbols begin with the same text of a length that neither is shorter than. */
    public boolean sharePrefix(int one, int other, int size) {
        return one == other || ByteBufUtil.equals(bytes, start[one], bytes, start[other], size);
    }

    private boolean matches(int at, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (bytes.getByte(at + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** The number of the first symbol with a text; -1 when there is none. */
    public int find(byte[] text) {
        for (int i = 0; i < count; i++) {
            if (is(i, text)) {
                return i;
            }
        }
        return -1;
    }
}

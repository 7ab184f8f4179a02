package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads an {@code AnyValue} in place; of several alternatives the last one counts, as in all of protobuf. */
public final class AnyValue {

    /** The alternatives, in the order of their field numbers. */
    public enum Kind {
        EMPTY,
        STRING,
        BOOL,
        INT,
        DOUBLE,
        ARRAY,
        KVLIST,
        BYTES
    }

    /** {@code string_value_strindex}. */
    private static final int STRING_INDEX = 8 << 3 | WireReader.VARINT;

    private static final Kind[] KINDS = Kind.values();

    private Kind kind = Kind.EMPTY;
    private byte[] bytes = {};
    private int from;
    private int to;

    /** Reads the message between two indices. */
    public void read(byte[] message, int messageFrom, int messageTo) throws MalformedPayload {
        bytes = message;
        kind = Kind.EMPTY;
        from = messageFrom;
        to = messageFrom;
        // The common case: a text, a number or a truth value by itself.
        if (messageTo - messageFrom >= 2 && message[messageFrom] == (1 << 3 | WireReader.LENGTH_DELIMITED)) {
            int length = message[messageFrom + 1];
            if (length >= 0 && messageFrom + 2 + length == messageTo) {
                kind = Kind.STRING;
                from = messageFrom + 2;
                to = messageTo;
                return;
            }
        }
        if (messageFrom < messageTo) {
            readFields(messageFrom, messageTo);
        }
    }

    private void readFields(int messageFrom, int messageTo) throws MalformedPayload {
        byte[] message = bytes;
        WireReader reader = new WireReader(Unpooled.wrappedBuffer(bytes), messageFrom, messageTo);
        while (reader.hasMore()) {
            int tag = reader.readTag();
            int field = WireReader.field(tag);
            if (tag == STRING_INDEX) {
                // It points into a dictionary that only profiles have, so here it says nothing; but it is the value.
                kind = Kind.EMPTY;
            }
            if (field >= KINDS.length || WireReader.wireType(tag) != wireType(KINDS[field])) {
                reader.skip(tag);
                continue;
            }
            Kind before = kind;
            kind = KINDS[field];
            if (WireReader.wireType(tag) == WireReader.LENGTH_DELIMITED) {
                int length = reader.readLength();
                int at = reader.position();
                reader.skipBytes(length);
                if (before == kind && (kind == Kind.ARRAY || kind == Kind.KVLIST)) {
                    merge(message, at, length);
                    continue;
                }
                bytes = message;
                from = at;
            } else {
                bytes = message;
                from = reader.position();
                reader.skip(tag);
            }
            to = reader.position();
        }
    }

    /** A list in several pieces is all of them in a row. */
    private void merge(byte[] message, int at, int length) {
        byte[] merged = new byte[to - from + length];
        System.arraycopy(bytes, from, merged, 0, to - from);
        System.arraycopy(message, at, merged, to - from, length);
        bytes = merged;
        from = 0;
        to = merged.length;
    }

    private static int wireType(Kind kind) {
        return switch (kind) {
            case BOOL, INT -> WireReader.VARINT;
            case DOUBLE -> WireReader.FIXED64;
            case STRING, ARRAY, KVLIST, BYTES -> WireReader.LENGTH_DELIMITED;
            case EMPTY -> -1;
        };
    }

    public Kind kind() {
        return kind;
    }

    /** What {@link #from} and {@link #to} point into. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the content begins: the text, the bytes, or the message of an array or list. */
    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** The value of a {@link Kind#BOOL}. */
    public boolean bool() {
        return Wire.varint(bytes, from) != 0;
    }

    /** The value of an {@link Kind#INT}. */
    public long integer() {
        return Wire.varint(bytes, from);
    }

    /** The value of a {@link Kind#DOUBLE}. */
    public double decimal() {
        return Double.longBitsToDouble(Wire.getLong(bytes, from));
    }

    /** The value of a {@link Kind#STRING}. */
    public String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Whether it is this text. */
    public boolean isText(byte[] utf8) {
        return kind == Kind.STRING && Arrays.equals(bytes, from, to, utf8, 0, utf8.length);
    }
}

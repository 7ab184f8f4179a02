package io.lightvessel.gateway.jaeger;

import io.lightvessel.gateway.net.CorruptData;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Reads Thrift's binary protocol in place; lengths are checked against what is there before anything is made of them. */
final class ThriftReader {

    static final int STOP = 0;
    static final int BOOL = 2;
    static final int BYTE = 3;
    static final int DOUBLE = 4;
    static final int I16 = 6;
    static final int I32 = 8;
    static final int I64 = 10;
    static final int STRING = 11;
    static final int STRUCT = 12;
    static final int MAP = 13;
    static final int SET = 14;
    static final int LIST = 15;

    private static final int MAX_DEPTH = 32;

    private final ByteBuf bytes;
    private int position;
    private int field;

    ThriftReader(ByteBuf bytes) {
        this.bytes = bytes;
        this.position = bytes.readerIndex();
    }

    /** The type of the next field, whose number {@link #field} tells then; {@link #STOP} at the end of the struct. */
    int next() throws CorruptData {
        int type = octet();
        if (type != STOP) {
            field = i16();
        }
        return type;
    }

    int field() {
        return field;
    }

    /** Whether the field just read is the wanted one, of the wanted type. */
    boolean is(int wanted, int type, int wantedType) {
        return field == wanted && type == wantedType;
    }

    boolean bool() throws CorruptData {
        return octet() != 0;
    }

    int i16() throws CorruptData {
        return bytes.getShort(advance(2));
    }

    int i32() throws CorruptData {
        return bytes.getInt(advance(4));
    }

    long i64() throws CorruptData {
        return bytes.getLong(advance(8));
    }

    double decimal() throws CorruptData {
        return Double.longBitsToDouble(i64());
    }

    String string() throws CorruptData {
        int length = length();
        return bytes.toString(advance(length), length, StandardCharsets.UTF_8);
    }

    byte[] binary() throws CorruptData {
        byte[] copy = new byte[length()];
        bytes.getBytes(advance(copy.length), copy);
        return copy;
    }

    /** The number of elements of a list of structs. */
    int structs() throws CorruptData {
        int type = octet();
        int size = i32();
        if (size < 0 || size > left()) {
            throw corrupt("a list of " + size + " elements where " + left() + " bytes are left");
        }
        if (size > 0 && type != STRUCT) {
            throw corrupt("a list of type " + type + " (expected: structs)");
        }
        return size;
    }

    void skip(int type) throws CorruptData {
        skip(type, 0);
    }

    private void skip(int type, int depth) throws CorruptData {
        if (depth > MAX_DEPTH) {
            throw corrupt("nested more than " + MAX_DEPTH + " deep");
        }
        switch (type) {
            case BOOL, BYTE -> advance(1);
            case I16 -> advance(2);
            case I32 -> advance(4);
            case I64, DOUBLE -> advance(8);
            case STRING -> advance(length());
            case STRUCT -> {
                for (int inner = next(); inner != STOP; inner = next()) {
                    skip(inner, depth + 1);
                }
            }
            case LIST, SET -> {
                int element = octet();
                int size = size();
                for (int i = 0; i < size; i++) {
                    skip(element, depth + 1);
                }
            }
            case MAP -> {
                int key = octet();
                int value = octet();
                int size = size();
                for (int i = 0; i < size; i++) {
                    skip(key, depth + 1);
                    skip(value, depth + 1);
                }
            }
            default -> throw corrupt("type " + type + " (expected: one of Thrift's)");
        }
    }

    private int size() throws CorruptData {
        int size = i32();
        if (size < 0 || size > left()) {
            throw corrupt(size + " elements where " + left() + " bytes are left");
        }
        return size;
    }

    private int length() throws CorruptData {
        int length = i32();
        if (length < 0 || length > left()) {
            throw corrupt("a text of " + length + " bytes where " + left() + " are left");
        }
        return length;
    }

    private int left() {
        return bytes.writerIndex() - position;
    }

    private int octet() throws CorruptData {
        return bytes.getUnsignedByte(advance(1));
    }

    private int advance(int count) throws CorruptData {
        if (count > left()) {
            throw corrupt("the body ends early");
        }
        int at = position;
        position += count;
        return at;
    }

    private CorruptData corrupt(String what) {
        return new CorruptData("no Thrift binary: " + what + " at byte " + (position - bytes.readerIndex()));
    }
}

package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes {@code AnyValue} messages. */
public final class AnyValues {

    public static final int STRING = 1 << 3 | WireReader.LENGTH_DELIMITED;
    public static final int BOOL = 2 << 3 | WireReader.VARINT;
    public static final int INT = 3 << 3 | WireReader.VARINT;
    public static final int DOUBLE = 4 << 3 | WireReader.FIXED64;
    public static final int ARRAY = 5 << 3 | WireReader.LENGTH_DELIMITED;
    public static final int KVLIST = 6 << 3 | WireReader.LENGTH_DELIMITED;
    public static final int BYTES = 7 << 3 | WireReader.LENGTH_DELIMITED;

    private AnyValues() {}

    public static void writeText(Arena out, String text) {
        out.writeText(STRING, text);
    }

    public static void writeText(Arena out, byte[] utf8, int from, int to) {
        out.writeField(STRING, utf8, from, to - from);
    }

    public static void writeBool(Arena out, boolean value) {
        out.writeByte(BOOL);
        out.writeByte(value ? 1 : 0);
    }

    public static void writeInt(Arena out, long value) {
        out.writeByte(INT);
        out.writeVarint(value);
    }

    public static void writeDouble(Arena out, double value) {
        out.writeByte(DOUBLE);
        out.writeFixed64(Double.doubleToRawLongBits(value));
    }

    /** A setting's value, which is a text, a whole or decimal number or a truth value. */
    public static byte[] encoded(Object value) {
        Arena out = new Arena();
        switch (value) {
            case Boolean flag -> writeBool(out, flag);
            case Long whole -> writeInt(out, whole);
            case Double decimal -> writeDouble(out, decimal);
            default -> {
                byte[] utf8 = value.toString().getBytes(StandardCharsets.UTF_8);
                writeText(out, utf8, 0, utf8.length);
            }
        }
        return Arrays.copyOf(out.array(), out.size());
    }
}

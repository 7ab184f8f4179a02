package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.AnyValues;
import io.lightvessel.pipeline.rewrite.Arena;
import java.nio.charset.StandardCharsets;

/**
 * Holds one value at a time, used again and again. Texts, bytes, maps and lists are not copied: it points to where they
 * lie, a map's or list's content being the message without its header.
 */
final class Value {

    /** What a value can be. */
    enum Kind {
        NIL("nil"),
        BOOL("true or false"),
        INT("a whole number"),
        DOUBLE("a decimal number"),
        STRING("a text"),
        BYTES("bytes"),
        MAP("a map"),
        LIST("a list"),
        TRACE_ID("a trace id"),
        SPAN_ID("a span id");

        private final String phrase;

        Kind(String phrase) {
            this.phrase = phrase;
        }

        String phrase() {
            return phrase;
        }
    }

    private static final byte[] NOTHING = {};

    private final AnyValue any = new AnyValue();
    private Kind kind = Kind.NIL;
    private long number;
    private byte[] bytes = NOTHING;
    private int from;
    private int to;

    Kind kind() {
        return kind;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int length() {
        return to - from;
    }

    boolean flag() {
        return number != 0;
    }

    long whole() {
        return number;
    }

    double decimal() {
        return kind == Kind.INT ? number : Double.longBitsToDouble(number);
    }

    String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    void setNil() {
        kind = Kind.NIL;
    }

    void setFlag(boolean value) {
        kind = Kind.BOOL;
        number = value ? 1 : 0;
    }

    void setWhole(long value) {
        kind = Kind.INT;
        number = value;
    }

    void setDecimal(double value) {
        kind = Kind.DOUBLE;
        number = Double.doubleToRawLongBits(value);
    }

    void setText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        set(Kind.STRING, utf8, 0, utf8.length);
    }

    /** Sets a value that is a run of bytes. */
    void set(Kind newKind, byte[] newBytes, int newFrom, int newTo) {
        kind = newKind;
        bytes = newBytes;
        from = newFrom;
        to = newTo;
    }

    void set(Value other) {
        kind = other.kind;
        number = other.number;
        bytes = other.bytes;
        from = other.from;
        to = other.to;
    }

    /** Reads an {@code AnyValue} message. */
    void read(byte[] message, int messageFrom, int messageTo) throws MalformedPayload {
        any.read(message, messageFrom, messageTo);
        switch (any.kind()) {
            case EMPTY -> setNil();
            case STRING -> set(Kind.STRING, any.bytes(), any.from(), any.to());
            case BOOL -> setFlag(any.bool());
            case INT -> setWhole(any.integer());
            case DOUBLE -> setDecimal(any.decimal());
            case ARRAY -> set(Kind.LIST, any.bytes(), any.from(), any.to());
            case KVLIST -> set(Kind.MAP, any.bytes(), any.from(), any.to());
            case BYTES -> set(Kind.BYTES, any.bytes(), any.from(), any.to());
        }
    }

    /** Appends it as an {@code AnyValue} message; nil is an empty one. */
    void writeTo(Arena out) {
        switch (kind) {
            case NIL -> {
                // An AnyValue without any of its alternatives.
            }
            case STRING -> out.writeField(AnyValues.STRING, bytes, from, to - from);
            case BOOL -> AnyValues.writeBool(out, number != 0);
            case INT -> AnyValues.writeInt(out, number);
            case DOUBLE -> AnyValues.writeDouble(out, Double.longBitsToDouble(number));
            case MAP -> out.writeField(AnyValues.KVLIST, bytes, from, to - from);
            case LIST -> out.writeField(AnyValues.ARRAY, bytes, from, to - from);
            case BYTES, TRACE_ID, SPAN_ID -> out.writeField(AnyValues.BYTES, bytes, from, to - from);
        }
    }

    void expect(Kind wanted) throws StatementFailure {
        if (kind != wanted) {
            throw new StatementFailure(kind.phrase(), wanted.phrase());
        }
    }
}

package io.lightvessel.gateway.otlp.json;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Writes the parser's current JSON scalar in the wire form of its field's kind. */
final class Scalars {
    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(64);
    private static final int QUOTED = 60;

    private final JsonParser parser;
    private final ProtoWriter out;

    Scalars(JsonParser parser, ProtoWriter out) {
        this.parser = parser;
        this.out = out;
    }

    void value(Kind kind) throws MalformedJson {
        switch (kind) {
            case STRING -> lengthDelimited(string("a string").getBytes(StandardCharsets.UTF_8));
            case BASE64 -> lengthDelimited(base64());
            case TRACE_ID -> lengthDelimited(hex(16));
            case SPAN_ID -> lengthDelimited(hex(8));
            case BOOL -> out.varint(bool() ? 1 : 0);
            case ENUM -> out.varint(enumNumber());
            case INT32 -> out.varint(integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> out.varint(integer(0, 0xFFFF_FFFFL));
            case SINT32 -> out.varint(zigzag((int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE)));
            case FIXED32 -> out.fixed32((int) integer(0, 0xFFFF_FFFFL));
            case INT64 -> out.varint(integer(Long.MIN_VALUE, Long.MAX_VALUE));
            case SFIXED64 -> out.fixed64(integer(Long.MIN_VALUE, Long.MAX_VALUE));
            case UINT64 -> out.varint(unsigned());
            case FIXED64 -> out.fixed64(unsigned());
            case DOUBLE -> out.fixed64(Double.doubleToRawLongBits(number()));
            case MESSAGE -> throw new IllegalStateException("a message is not a scalar");
        }
    }

    private void lengthDelimited(byte[] value) {
        out.varint(value.length);
        out.raw(value, 0, value.length);
    }

    private String string(String expected) throws MalformedJson {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw unexpected(parser, expected);
        }
        return parser.getString();
    }

    private boolean bool() throws MalformedJson {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw unexpected(parser, "true or false");
        };
    }

    /** The specification forbids names here: an enum travels as its number. */
    private long enumNumber() throws MalformedJson {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw unexpected(parser, "an enum's number");
        }
        return integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private byte[] base64() throws MalformedJson {
        String text = string("a base64 string");
        try {
            // Both alphabets are legal in protobuf's JSON, padded or not.
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw unexpected(parser, "a base64 string");
        }
    }

    private byte[] hex(int length) throws MalformedJson {
        String expected = length * 2 + " hexadecimal digits";
        String text = string(expected);
        if (text.isEmpty()) {
            return new byte[0];
        }
        if (text.length() != length * 2) {
            throw unexpected(parser, expected);
        }
        byte[] id = new byte[length];
        for (int i = 0; i < length; i++) {
            int high = Character.digit(text.charAt(2 * i), 16);
            int low = Character.digit(text.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0 || text.charAt(2 * i) > 'f' || text.charAt(2 * i + 1) > 'f') {
                throw unexpected(parser, expected);
            }
            id[i] = (byte) (high << 4 | low);
        }
        return id;
    }

    private long integer(long min, long max) throws MalformedJson {
        String expected = "an integer from " + min + " to " + max;
        try {
            long value = decimal(expected).longValueExact();
            if (value < min || value > max) {
                throw unexpected(parser, expected);
            }
            return value;
        } catch (ArithmeticException e) {
            throw unexpected(parser, expected);
        }
    }

    private long unsigned() throws MalformedJson {
        String expected = "an integer from 0 to 18446744073709551615";
        BigDecimal value = decimal(expected);
        if (value.signum() == 0) {
            return 0;
        }
        // Before anything is computed: neither 1e999999999 nor 1e-999999999 may be written out in full.
        long integerDigits = (long) value.precision() - value.scale();
        if (value.signum() < 0 || integerDigits > 20 || integerDigits <= 0) {
            throw unexpected(parser, expected);
        }
        try {
            BigInteger exact = value.toBigIntegerExact();
            if (exact.compareTo(UNSIGNED_LIMIT) >= 0) {
                throw unexpected(parser, expected);
            }
            return exact.longValue();
        } catch (ArithmeticException e) {
            throw unexpected(parser, expected);
        }
    }

    private BigDecimal decimal(String expected) throws MalformedJson {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return BigDecimal.valueOf(parser.getLongValue());
        }
        if (token != JsonToken.VALUE_NUMBER_INT
                && token != JsonToken.VALUE_NUMBER_FLOAT
                && token != JsonToken.VALUE_STRING) {
            throw unexpected(parser, expected);
        }
        String text = parser.getString();
        try {
            if (text.length() > 100) {
                throw unexpected(parser, expected);
            }
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw unexpected(parser, expected);
        }
    }

    private double number() throws MalformedJson {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_STRING ->
                switch (parser.getString()) {
                    case "NaN" -> Double.NaN;
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default -> {
                        decimal("a number");
                        yield Double.parseDouble(parser.getString());
                    }
                };
            default -> throw unexpected(parser, "a number");
        };
    }

    private static long zigzag(int value) {
        return ((value << 1) ^ (value >> 31)) & 0xFFFF_FFFFL;
    }

    static MalformedJson unexpected(JsonParser parser, String expected) {
        return new MalformedJson(parser.streamReadContext().pathAsPointer().toString() + ": " + describe(parser)
                + " (expected: " + expected + ")");
    }

    /** What stands at the parser's position, shortened: bodies may hold megabytes and must not fill a log. */
    static String describe(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> '"' + shortened(parser.getString()) + '"';
            default -> shortened(String.valueOf(parser.getString()));
        };
    }

    private static String shortened(String text) {
        return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
    }
}

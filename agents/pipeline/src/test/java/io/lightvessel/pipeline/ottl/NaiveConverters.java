package io.lightvessel.pipeline.ottl;

import com.google.protobuf.ByteString;
import io.lightvessel.config.ottl.Converter;
import io.lightvessel.pipeline.ottl.NaiveValues.Failure;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Does what a converter does, with values that are objects. */
record NaiveConverters(List<Object> arguments) {

    Object convert(Converter converter) {
        Object first = arguments.getFirst();
        return switch (converter) {
            case IS_MATCH -> {
                String text = NaiveValues.text(first);
                yield text != null && Pattern.compile(text(1)).matcher(text).find();
            }
            case IS_STRING -> first instanceof String;
            case IS_INT -> first instanceof Long;
            case IS_DOUBLE -> first instanceof Double;
            case IS_BOOL -> first instanceof Boolean;
            case IS_MAP -> first instanceof Map;
            case IS_LIST -> first instanceof List;
            case STRING -> NaiveValues.text(first);
            case INT -> whole(first);
            case DOUBLE -> decimal(first);
            case BOOL -> flag(first);
            case TO_UPPER_CASE -> text(0).toUpperCase(Locale.ROOT);
            case TO_LOWER_CASE -> text(0).toLowerCase(Locale.ROOT);
            case HAS_PREFIX -> text(0).startsWith(text(1));
            case HAS_SUFFIX -> text(0).endsWith(text(1));
            case SPLIT -> List.of((Object[]) text(0).split(Pattern.quote(text(1)), -1));
            case SUBSTRING -> substring();
            case SHA256 -> HexFormat.of().formatHex(sha256(text(0).getBytes(StandardCharsets.UTF_8)));
            case LEN ->
                switch (first) {
                    case String text -> (long) text.getBytes(StandardCharsets.UTF_8).length;
                    case Map<?, ?> map -> (long) map.size();
                    case List<?> list -> (long) list.size();
                    case ByteString bytes -> (long) bytes.size();
                    case null, default -> throw new Failure();
                };
            case CONCAT ->
                String.join(
                        text(1),
                        ((List<?>) first)
                                .stream()
                                        .map(part -> part == null ? "<nil>" : NaiveValues.text(part))
                                        .toList());
            case TRACE_ID -> new NaiveValues.Id(16, (ByteString) first);
            case SPAN_ID -> new NaiveValues.Id(8, (ByteString) first);
        };
    }

    private String text(int argument) {
        if (arguments.get(argument) instanceof String text) {
            return text;
        }
        throw new Failure();
    }

    private static Object whole(Object value) {
        return switch (value) {
            case null -> null;
            case Long whole -> whole;
            case Double decimal -> decimal.longValue();
            case Boolean flag -> flag ? 1L : 0L;
            case String text ->
                text.matches("[+-]?[0-9]+") && new BigInteger(text).bitLength() < 64
                        ? new BigInteger(text).longValue()
                        : null;
            default -> throw new Failure();
        };
    }

    private static Object decimal(Object value) {
        return switch (value) {
            case null -> null;
            case Long whole -> whole.doubleValue();
            case Double decimal -> decimal;
            case Boolean flag -> flag ? 1.0 : 0.0;
            case String text when text.matches("[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?") -> Double.valueOf(text);
            default -> throw new Failure();
        };
    }

    private static Object flag(Object value) {
        return switch (value) {
            case Boolean flag -> flag;
            case Long whole -> whole != 0;
            case Double decimal -> decimal != 0;
            case String text when text.matches("1|t|T|true|TRUE|True") -> true;
            case String text when text.matches("0|f|F|false|FALSE|False") -> false;
            case null, default -> null;
        };
    }

    private String substring() {
        byte[] text = text(0).getBytes(StandardCharsets.UTF_8);
        if (!(arguments.get(1) instanceof Long start) || !(arguments.get(2) instanceof Long length)) {
            throw new Failure();
        }
        if (start < 0
                || length < 0
                || BigInteger.valueOf(start).add(BigInteger.valueOf(length)).compareTo(BigInteger.valueOf(text.length))
                        > 0) {
            throw new Failure();
        }
        byte[] part = Arrays.copyOfRange(text, start.intValue(), (int) (start + length));
        String decoded = new String(part, StandardCharsets.UTF_8);
        if (!Arrays.equals(part, decoded.getBytes(StandardCharsets.UTF_8))) {
            throw new Failure();
        }
        return decoded;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

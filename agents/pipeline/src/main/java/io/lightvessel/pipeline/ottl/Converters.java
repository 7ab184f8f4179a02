package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** What converters of one value do: the value in the register becomes another. */
final class Converters {

    /** Changes the value in place. */
    @FunctionalInterface
    interface Change {
        void apply(Value value) throws StatementFailure, MalformedPayload;
    }

    private Converters() {}

    static Change isKind(Value.Kind kind) {
        return value -> value.setFlag(value.kind() == kind);
    }

    /** False when it is nil. */
    static Change isMatch(String regex) {
        TextPattern pattern = new TextPattern(regex);
        return value -> {
            Texts.stringify(value);
            boolean found = value.kind() != Value.Kind.NIL && pattern.isFound(value.bytes(), value.from(), value.to());
            value.setFlag(found);
        };
    }

    static void toInt(Value value) throws StatementFailure {
        switch (value.kind()) {
            case NIL, INT -> {
                // As they are.
            }
            case BOOL -> value.setWhole(value.flag() ? 1 : 0);
            case DOUBLE -> value.setWhole((long) value.decimal());
            case STRING -> {
                try {
                    value.setWhole(Long.parseLong(value.text()));
                } catch (NumberFormatException e) {
                    value.setNil();
                }
            }
            case BYTES, MAP, LIST, TRACE_ID, SPAN_ID ->
                throw new StatementFailure(value.kind().phrase(), "a number, a text or a truth value");
        }
    }

    static void toDouble(Value value) throws StatementFailure {
        switch (value.kind()) {
            case NIL, DOUBLE -> {
                // As they are.
            }
            case BOOL -> value.setDecimal(value.flag() ? 1 : 0);
            case INT -> value.setDecimal(value.whole());
            case STRING -> {
                String text = value.text();
                try {
                    // Java also takes spaces around numbers, and an f or d behind them.
                    boolean clean = text.chars().allMatch(c -> c > ' ')
                            && !text.isEmpty()
                            && "dDfF".indexOf(text.charAt(text.length() - 1)) < 0;
                    value.setDecimal(Double.parseDouble(clean ? text : "no number"));
                } catch (NumberFormatException e) {
                    throw new StatementFailure("a text that is no number", "a decimal number");
                }
            }
            case BYTES, MAP, LIST, TRACE_ID, SPAN_ID ->
                throw new StatementFailure(value.kind().phrase(), "a number, a text or a truth value");
        }
    }

    static void toBool(Value value) {
        switch (value.kind()) {
            case NIL, BOOL -> {
                // As they are.
            }
            case INT, DOUBLE -> value.setFlag(value.decimal() != 0);
            case STRING -> {
                switch (value.text()) {
                    case "1", "t", "T", "true", "TRUE", "True" -> value.setFlag(true);
                    case "0", "f", "F", "false", "FALSE", "False" -> value.setFlag(false);
                    default -> value.setNil();
                }
            }
            case BYTES, MAP, LIST, TRACE_ID, SPAN_ID -> value.setNil();
        }
    }

    /** Bytes of a text or of bytes, entries of a map, elements of a list. */
    static void length(Value value) throws StatementFailure, MalformedPayload {
        switch (value.kind()) {
            case STRING, BYTES -> value.setWhole(value.length());
            case MAP -> {
                Message map = Maps.show(new Message(), value);
                value.setWhole(map.attributes());
            }
            case LIST -> {
                long size = 0;
                for (Elements elements = new Elements(value); elements.next(); size++) {
                    // Only counted.
                }
                value.setWhole(size);
            }
            case NIL, BOOL, INT, DOUBLE, TRACE_ID, SPAN_ID ->
                throw new StatementFailure(value.kind().phrase(), "a text, a map or a list");
        }
    }

    static void toLowerCase(Value value) throws StatementFailure {
        value.expect(Value.Kind.STRING);
        value.setText(value.text().toLowerCase(Locale.ROOT));
    }

    static void toUpperCase(Value value) throws StatementFailure {
        value.expect(Value.Kind.STRING);
        value.setText(value.text().toUpperCase(Locale.ROOT));
    }

    static void sha256(Value value) throws StatementFailure {
        value.expect(Value.Kind.STRING);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(value.bytes(), value.from(), value.length());
            value.setText(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Splits a text; an empty delimiter gives its characters. */
    static Change split(String delimiter) {
        return value -> {
            value.expect(Value.Kind.STRING);
            String text = value.text();
            Arena list = new Arena();
            int from = 0;
            while (delimiter.isEmpty() ? from < text.length() : from >= 0) {
                int end = delimiter.isEmpty() ? text.offsetByCodePoints(from, 1) : text.indexOf(delimiter, from);
                Value part = new Value();
                part.setText(text.substring(from, end < 0 ? text.length() : end));
                Elements.write(list, part);
                from = end < 0 ? -1 : end + delimiter.length();
            }
            value.set(Value.Kind.LIST, list.array(), 0, list.size());
        };
    }

    /** An id of the right size, or a failure. */
    static Change id(Value.Kind kind, byte[] bytes) {
        byte[] id = bytes.clone();
        return value -> value.set(kind, id, 0, id.length);
    }

    static boolean startsWith(Value text, Value prefix) {
        return text.length() >= prefix.length()
                && Arrays.equals(
                        text.bytes(),
                        text.from(),
                        text.from() + prefix.length(),
                        prefix.bytes(),
                        prefix.from(),
                        prefix.to());
    }

    static boolean endsWith(Value text, Value suffix) {
        return text.length() >= suffix.length()
                && Arrays.equals(
                        text.bytes(),
                        text.to() - suffix.length(),
                        text.to(),
                        suffix.bytes(),
                        suffix.from(),
                        suffix.to());
    }

    /** A piece of a text, counted in bytes as in the Collector. */
    static void substring(Value text, long start, long length) throws StatementFailure {
        if (start < 0 || length < 0 || start > text.length() || length > text.length() - start) {
            throw new StatementFailure(
                    "bytes " + start + ".." + (start + length) + " of a text of " + text.length(),
                    "a range in the text");
        }
        int from = text.from() + (int) start;
        text.set(Value.Kind.STRING, text.bytes(), from, from + (int) length);
        // Half a character would make the record one that backends refuse.
        String decoded = text.text();
        if (decoded.indexOf('\uFFFD') >= 0) {
            byte[] again = decoded.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, text.bytes(), text.from(), text.to())) {
                throw new StatementFailure("a range that cuts a character", "whole characters");
            }
        }
    }
}

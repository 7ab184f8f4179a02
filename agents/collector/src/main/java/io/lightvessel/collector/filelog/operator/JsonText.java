package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads one JSON object in a single pass and writes its members as attributes; objects and lists inside become values of
 * their own. Nothing is decoded but escapes and numbers, and nothing is allocated for the rest.
 */
final class JsonText {
    private static final int DEEPEST = 64;
    static final int BOOL = 0x10;
    static final int INT = 0x18;
    static final int DOUBLE = 0x21;
    static final int LIST = 0x2A;
    static final int MAP = 0x32;
    private static final int ELEMENT = 0x0A;
    private static final int EXACT_DIGITS = 15;

    private final boolean integers;
    private final JsonEscapes escapes = new JsonEscapes();
    private byte[] text = {};
    private int at;
    private int end;

    /** @param integers whether whole numbers stay whole; otherwise all numbers are floating */
    JsonText(boolean integers) {
        this.integers = integers;
    }

    /** False when it is no object, or not one of JSON; then no attribute was added. */
    boolean read(byte[] bytes, int from, int length, Attributes target) {
        text = bytes;
        at = from;
        end = from + length;
        int count = target.count();
        int size = target.content().size();
        boolean read = members(target);
        if (!read) {
            target.cut(count, size);
        }
        return read;
    }

    private boolean members(Attributes target) {
        ProtoBytes out = target.content();
        if (!token('{')) {
            return false;
        }
        if (token('}')) {
            return isAtEnd();
        }
        do {
            int key = out.size();
            if (!string(out)) {
                return false;
            }
            int keyLength = out.size() - key;
            if (!token(':') || !value(out, 1)) {
                return false;
            }
            target.end(key, keyLength);
        } while (token(','));
        return token('}') && isAtEnd();
    }

    /** Writes the content of an {@code AnyValue}. */
    private boolean value(ProtoBytes out, int depth) {
        skipSpace();
        if (at == end || depth > DEEPEST) {
            return false;
        }
        return switch (text[at]) {
            case '"' -> textValue(out);
            case '{' -> object(out, depth);
            case '[' -> list(out, depth);
            case 't' -> word("true", out, 1);
            case 'f' -> word("false", out, 0);
            case 'n' -> word("null", out, -1);
            default -> number(out);
        };
    }

    private boolean textValue(ProtoBytes out) {
        int begun = out.begin(Attributes.TEXT);
        boolean read = string(out);
        out.end(begun);
        return read;
    }

    private boolean object(ProtoBytes out, int depth) {
        at++;
        int map = out.begin(MAP);
        boolean more = !token('}');
        while (more) {
            int pair = out.begin(ELEMENT);
            int key = out.begin(Attributes.KEY_VALUE_KEY);
            if (!string(out)) {
                return false;
            }
            out.end(key);
            int value = out.begin(Attributes.KEY_VALUE_VALUE);
            if (!token(':') || !value(out, depth + 1)) {
                return false;
            }
            out.end(value);
            out.end(pair);
            more = token(',');
            if (!more && !token('}')) {
                return false;
            }
        }
        out.end(map);
        return true;
    }

    private boolean list(ProtoBytes out, int depth) {
        at++;
        int list = out.begin(LIST);
        boolean more = !token(']');
        while (more) {
            int value = out.begin(ELEMENT);
            if (!value(out, depth + 1)) {
                return false;
            }
            out.end(value);
            more = token(',');
            if (!more && !token(']')) {
                return false;
            }
        }
        out.end(list);
        return true;
    }

    /** @param value 1, 0, or -1 for none */
    private boolean word(String word, ProtoBytes out, int value) {
        if (end - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        if (value >= 0) {
            out.tag(BOOL);
            out.octet(value);
        }
        return true;
    }

    private boolean number(ProtoBytes out) {
        int from = at;
        boolean negative = at < end && text[at] == '-';
        at += negative ? 1 : 0;
        int digits = at;
        long whole = digits();
        int count = at - digits;
        if (count == 0 || (count > 1 && text[digits] == '0')) {
            return false;
        }
        boolean isWhole = true;
        if (at < end && text[at] == '.') {
            isWhole = false;
            at++;
            int fraction = at;
            digits();
            if (at == fraction) {
                return false;
            }
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            isWhole = false;
            at++;
            at += at < end && (text[at] == '+' || text[at] == '-') ? 1 : 0;
            int exponent = at;
            digits();
            if (at == exponent) {
                return false;
            }
        }
        boolean exact = isWhole && count <= EXACT_DIGITS;
        if (exact && integers) {
            out.tag(INT);
            out.varint(negative ? -whole : whole);
        } else {
            double value = exact
                    ? (negative ? -(double) whole : whole)
                    : Double.parseDouble(new String(text, from, at - from, UTF_8));
            out.fixed64(DOUBLE, Double.doubleToRawLongBits(value));
        }
        return true;
    }

    /** The number that digits make, if there are few enough of them. */
    private long digits() {
        long value = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + (text[at] - '0');
            at++;
        }
        return value;
    }

    /** Copies a string's text, escapes resolved. */
    private boolean string(ProtoBytes out) {
        if (!token('"')) {
            return false;
        }
        int from = at;
        while (at < end && text[at] != '"') {
            if (text[at] == '\\') {
                out.bytes(text, from, at - from);
                int after = escapes.resolve(text, at, end, out);
                if (after < 0) {
                    return false;
                }
                at = after;
                from = at;
            } else if (text[at] >= 0 && text[at] < ' ') {
                return false;
            } else {
                at++;
            }
        }
        if (at == end) {
            return false;
        }
        out.bytes(text, from, at - from);
        at++;
        return true;
    }

    private boolean token(char token) {
        skipSpace();
        if (at < end && text[at] == token) {
            at++;
            return true;
        }
        return false;
    }

    private boolean isAtEnd() {
        skipSpace();
        return at == end;
    }

    private void skipSpace() {
        while (at < end && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) {
            at++;
        }
    }
}

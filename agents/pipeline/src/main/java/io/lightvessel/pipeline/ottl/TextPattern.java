package io.lightvessel.pipeline.ottl;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression, matched in linear time. What is only a piece of text, perhaps bound to the beginning or end, is
 * compared in place.
 */
final class TextPattern {

    private static final String SPECIAL = "\\.+*?()|[]{}^$";

    private final Pattern pattern;
    private final byte @Nullable [] literal;
    private final boolean fromStart;
    private final boolean toEnd;

    TextPattern(String regex) {
        this.pattern = Pattern.compile(regex);
        String rest = regex;
        boolean start = rest.startsWith("^");
        rest = start ? rest.substring(1) : rest;
        if (!start && rest.startsWith(".*") && rest.length() > 2 && SPECIAL.indexOf(rest.charAt(2)) < 0) {
            // Whatever stands before it may also be a line break, where "." ends, but then the match begins behind
            // that.
            rest = rest.substring(2);
        }
        boolean end = rest.endsWith("$") && !rest.endsWith("\\$");
        rest = end ? rest.substring(0, rest.length() - 1) : rest;
        if (!end && rest.endsWith(".*") && !rest.endsWith("\\.*")) {
            rest = rest.substring(0, rest.length() - 2);
        }
        this.literal = unescaped(rest);
        this.fromStart = start;
        this.toEnd = end;
    }

    /** The text an expression without operators stands for; null when it has any. */
    private static byte @Nullable [] unescaped(String regex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\' && i + 1 < regex.length() && isPunctuation(regex.charAt(i + 1))) {
                text.append(regex.charAt(++i));
            } else if (SPECIAL.indexOf(c) >= 0) {
                return null;
            } else {
                text.append(c);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isPunctuation(char c) {
        return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c) && c != '_';
    }

    Pattern pattern() {
        return pattern;
    }

    /** False if it is surely found nowhere in the text; costs less than finding it. */
    boolean mayBeFound(byte[] bytes, int from, int to) {
        return literal == null || isFound(bytes, from, to);
    }

    /** Whether it is found anywhere in the UTF-8 text. */
    boolean isFound(byte[] bytes, int from, int to) {
        byte[] wanted = literal;
        if (wanted == null) {
            return pattern.matcher(Arrays.copyOfRange(bytes, from, to)).find();
        }
        int last = to - wanted.length;
        if (fromStart || toEnd) {
            int at = fromStart ? from : last;
            boolean fits = fromStart && toEnd ? last == from : last >= from;
            return fits && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
        }
        for (int at = from; at <= last; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}

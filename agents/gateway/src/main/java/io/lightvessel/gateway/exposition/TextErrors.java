package io.lightvessel.gateway.exposition;

import java.nio.charset.StandardCharsets;

/** Words what is wrong with a body in a text format, with line and column. */
final class TextErrors {
    private static final int LONGEST_EXCERPT = 40;

    private final byte[] body;
    private final int start;
    private final int end;

    TextErrors(byte[] body, int start, int end) {
        this.body = body;
        this.start = start;
        this.end = end;
    }

    /** What stands at this place is not what was expected. */
    MalformedExposition unexpected(int at, String expected) {
        return at(at, found(at), expected);
    }

    MalformedExposition at(int at, String found, String expected) {
        int line = 1;
        int lineStart = start;
        for (int i = start; i < at && i < end; i++) {
            if (body[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int column = 1;
        for (int i = lineStart; i < at && i < end; i++) {
            if ((body[i] & 0xC0) != 0x80) {
                column++;
            }
        }
        return new MalformedExposition(
                "line " + line + ", column " + column + ": " + found + " (expected: " + expected + ")");
    }

    /** What stands there up to the next blank, as people would name it. */
    String found(int at) {
        if (at >= end) {
            return "the end";
        }
        int to = at + 1;
        while (to < end && to - at < LONGEST_EXCERPT && !isBreak(body[to])) {
            to++;
        }
        return switch (body[at]) {
            case '\n' -> "the end of the line";
            case ' ', '\t' -> "a blank";
            case ',', '{', '}', '=', '"' -> "'" + (char) body[at] + "'";
            default -> "'" + excerpt(at, to) + "'";
        };
    }

    String excerpt(int from, int to) {
        StringBuilder out = new StringBuilder();
        new String(body, from, Math.min(to - from, LONGEST_EXCERPT), StandardCharsets.UTF_8)
                .codePoints()
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .forEach(out::appendCodePoint);
        return out.append(to - from > LONGEST_EXCERPT ? "..." : "").toString();
    }

    private static boolean isBreak(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == ',' || b == '}';
    }
}

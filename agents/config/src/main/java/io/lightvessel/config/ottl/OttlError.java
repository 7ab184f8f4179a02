package io.lightvessel.config.ottl;

/** What is wrong with a statement: what was found, where, and what was expected. */
public final class OttlError extends Exception {

    private static final long serialVersionUID = 1L;

    private final String found;
    private final int at;
    private final String expected;

    /** @param at index in the statement's text */
    OttlError(String found, int at, String expected) {
        super(found + " (expected: " + expected + ")");
        this.found = found;
        this.at = at;
        this.expected = expected;
    }

    /** The message with the place in the statement, as findings show it. */
    public String describe(String statement) {
        String before = statement.substring(0, Math.min(at, statement.length()));
        int lineStart = before.lastIndexOf('\n') + 1;
        int column = before.codePointCount(lineStart, before.length()) + 1;
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        String place = statement.strip().indexOf('\n') < 0 ? "column " + column : "line " + line + ", column " + column;
        return found + " at " + place + " (expected: " + expected + ")";
    }
}

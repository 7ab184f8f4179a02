package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** How stack traces of a language go on from one line to the next; without regular expressions, for every line is asked. */
enum TraceRule implements EntryRule {
    /** Frames are indented; causes begin with their own words. */
    JAVA {
        @Override
        int next(int state, byte[] b, int from, int length) {
            boolean goesOn = isIndented(b, from, length) || startsWith(b, from, length, CAUSED_BY);
            return goesOn ? INSIDE : FIRST;
        }
    },
    /** From Traceback to the first line that is not indented; chained ones follow after a blank line and an explanation. */
    PYTHON {
        @Override
        int next(int state, byte[] b, int from, int length) {
            if (startsWith(b, from, length, TRACEBACK)) {
                return state == CHAINED ? INSIDE : TRACE;
            }
            return switch (state) {
                case TRACE, INSIDE -> isIndented(b, from, length) || length == 0 ? INSIDE : ENDED;
                case ENDED, CHAINED ->
                    length == 0 || startsWith(b, from, length, DURING) || startsWith(b, from, length, ABOVE)
                            ? CHAINED
                            : FIRST;
                default -> FIRST;
            };
        }
    },
    /** A panic or fatal error with the goroutines that follow. */
    GO {
        @Override
        int next(int state, byte[] b, int from, int length) {
            if (startsWith(b, from, length, PANIC) || startsWith(b, from, length, FATAL)) {
                return TRACE;
            }
            boolean goesOn = state != FIRST
                    && (length == 0
                            || b[from] == '\t'
                            || startsWith(b, from, length, GOROUTINE)
                            || startsWith(b, from, length, CREATED)
                            || startsWith(b, from, length, SIGNAL)
                            || startsWith(b, from, length, EXIT)
                            || isCall(b, from, length));
            return goesOn ? INSIDE : FIRST;
        }
    },
    /** Frames, causes and fields of errors are indented; their closing brace is not. */
    NODE {
        @Override
        int next(int state, byte[] b, int from, int length) {
            boolean brace = length == 1 && b[from] == '}' && state != FIRST;
            return isIndented(b, from, length) || brace ? INSIDE : FIRST;
        }
    };

    private static final int TRACE = 1;
    private static final int INSIDE = 2;
    private static final int ENDED = 3;
    private static final int CHAINED = 4;
    private static final byte[] CAUSED_BY = text("Caused by: ");
    private static final byte[] TRACEBACK = text("Traceback (most recent call last):");
    private static final byte[] DURING = text("During handling of the above exception");
    private static final byte[] ABOVE = text("The above exception was the direct cause");
    private static final byte[] PANIC = text("panic: ");
    private static final byte[] FATAL = text("fatal error: ");
    private static final byte[] GOROUTINE = text("goroutine ");
    private static final byte[] CREATED = text("created by ");
    private static final byte[] SIGNAL = text("[signal ");
    private static final byte[] EXIT = text("exit status ");

    /** The state after a line; {@link #FIRST} and {@link #TRACE} begin a text. */
    abstract int next(int state, byte[] bytes, int from, int length);

    @Override
    public int state(int before, byte[] bytes, int from, int length) {
        return next(before, bytes, from, length);
    }

    @Override
    public boolean begins(int state) {
        return state == FIRST || state == TRACE;
    }

    @Override
    public boolean ends(int state) {
        return false;
    }

    private static boolean isIndented(byte[] bytes, int from, int length) {
        return length > 0 && (bytes[from] == '\t' || bytes[from] == ' ');
    }

    private static boolean isCall(byte[] bytes, int from, int length) {
        if (bytes[from + length - 1] != ')') {
            return false;
        }
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '(') {
                return true;
            }
            if (bytes[i] == ' ') {
                return false;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int from, int length, byte[] start) {
        return length >= start.length && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }

    private static byte[] text(String text) {
        return text.getBytes(US_ASCII);
    }
}

package io.lightvessel.collector.ebpf.symbols.demangle;

/** A place in a mangled name, and bounds on what reading it may cost. */
final class Cursor {
    static final char END = '\0';
    private static final int DEEPEST = 192;
    /** References let a short name mean a long one; so much text may be written on the way to it. */
    private static final int MOST_TEXT = 128 << 10;

    private final String text;
    private int at;
    private int depth;
    private int spent;

    Cursor(String text, int at) {
        this.text = text;
        this.at = at;
    }

    int at() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    /** The next character, or {@link #END}. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : END;
    }

    boolean isAt(String expected) {
        return text.startsWith(expected, at);
    }

    boolean take(char expected) {
        boolean there = peek() == expected && at < text.length();
        at += there ? 1 : 0;
        return there;
    }

    boolean take(String expected) {
        boolean there = isAt(expected);
        at += there ? expected.length() : 0;
        return there;
    }

    void need(char expected) throws NotMangled {
        if (!take(expected)) {
            throw wrong("no " + expected);
        }
    }

    char next() throws NotMangled {
        if (at >= text.length()) {
            throw wrong("end");
        }
        return text.charAt(at++);
    }

    String next(int length) throws NotMangled {
        if (length < 0 || length > text.length() - at) {
            throw wrong("length " + length);
        }
        at += length;
        return text.substring(at - length, at);
    }

    boolean isDigit() {
        return isDigit(peek());
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Digits and their value. */
    int number() throws NotMangled {
        int from = at;
        long value = 0;
        while (isDigit()) {
            value = value * 10 + next() - '0';
            if (value > Integer.MAX_VALUE) {
                throw wrong("a large number");
            }
        }
        if (at == from) {
            throw wrong("no number");
        }
        return (int) value;
    }

    /** What matches up to here, from a place on. */
    String since(int from) {
        return text.substring(from, at);
    }

    void enter() throws NotMangled {
        if (++depth > DEEPEST) {
            throw wrong("nesting");
        }
    }

    void leave() {
        depth--;
    }

    /** The text itself, which is paid for. */
    String pay(String written) throws NotMangled {
        spent += written.length() + 1;
        if (spent > MOST_TEXT) {
            throw wrong("more text than anybody would read");
        }
        return written;
    }

    NotMangled wrong(String what) {
        return new NotMangled(what, at);
    }
}

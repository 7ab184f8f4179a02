package io.lightvessel.config.ottl;

/** Reads a text in double quotes with the escapes of Go, which OTTL has. */
final class TextLiteral {

    private static final String SIMPLE = "abfnrtv\\\"";
    private static final String MEANING = "\u0007\b\f\n\r\t\u000B\\\"";

    private final String source;
    private final int from;
    private final StringBuilder text = new StringBuilder();
    private int at;

    /** @param from index of the opening quote */
    TextLiteral(String source, int from) {
        this.source = source;
        this.from = from;
        this.at = from + 1;
    }

    Token read() throws OttlError {
        while (at < source.length() && source.charAt(at) != '"') {
            char c = source.charAt(at);
            if (c == '\\') {
                escape();
            } else if (c == '\n') {
                throw new OttlError("a line break in a text", at, "\\n");
            } else if (Character.isSurrogate(c) && !isPair()) {
                throw new OttlError("half a character", at, "valid Unicode");
            } else {
                text.appendCodePoint(source.codePointAt(at));
                at += Character.charCount(source.codePointAt(at));
            }
        }
        if (at == source.length()) {
            throw new OttlError("a text without end", from, "a closing \"");
        }
        return new Token(Token.Kind.TEXT, text.toString(), from);
    }

    /** The index behind the closing quote, once it was read. */
    int end() {
        return at + 1;
    }

    private boolean isPair() {
        return Character.charCount(source.codePointAt(at)) == 2;
    }

    private void escape() throws OttlError {
        int begin = at++;
        if (at == source.length()) {
            return;
        }
        char c = source.charAt(at++);
        int simple = SIMPLE.indexOf(c);
        if (simple >= 0) {
            text.append(MEANING.charAt(simple));
        } else if (c == 'u' || c == 'U') {
            number(begin, at, c == 'u' ? 4 : 8, 16, Character.MAX_CODE_POINT);
        } else if (c == 'x') {
            number(begin, at, 2, 16, 0x7F);
        } else if (c >= '0' && c <= '7') {
            number(begin, at - 1, 3, 8, 0x7F);
        } else {
            throw new OttlError(
                    "unknown escape '\\" + c + "'",
                    begin,
                    "\\\\" + c + " for a backslash, as regular expressions need it");
        }
    }

    private void number(int begin, int digits, int length, int radix, int largest) throws OttlError {
        int end = Math.min(digits + length, source.length());
        long value = 0;
        boolean good = end == digits + length;
        for (int i = digits; i < end && good; i++) {
            int digit = Character.digit(source.charAt(i), radix);
            good = digit >= 0;
            value = value * radix + digit;
        }
        if (!good || value > largest || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
            throw new OttlError(
                    "escape '" + source.substring(begin, end) + "'",
                    begin,
                    length + " digits of a character" + (largest == 0x7F ? " of ASCII" : ""));
        }
        text.appendCodePoint((int) value);
        at = end;
    }
}

package io.lightvessel.config;

import java.io.Reader;

/** Reads a text in pieces of which none ends between the halves of a surrogate pair: the YAML engine's buffer has no room for the other half. */
final class WholePairs extends Reader {
    private final String text;
    private int at;

    WholePairs(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (at == text.length()) {
            return -1;
        }
        int end = Math.min(text.length(), at + length);
        if (end < text.length() && end - at > 1 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        text.getChars(at, end, into, offset);
        int read = end - at;
        at = end;
        return read;
    }

    @Override
    public void close() {}
}

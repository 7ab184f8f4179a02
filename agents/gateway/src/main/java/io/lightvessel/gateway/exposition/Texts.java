package io.lightvessel.gateway.exposition;

import java.nio.charset.StandardCharsets;

/** Decodes names, label values and help texts out of a body. */
final class Texts {
    private Texts() {}

    /** With <code>\\</code>, <code>\n</code> and, if asked for, <code>\"</code> replaced; other escapes stay as they are. */
    static String unescaped(byte[] body, int from, int to, boolean quotes) {
        int at = from;
        while (at < to && body[at] != '\\') {
            at++;
        }
        if (at == to) {
            return new String(body, from, to - from, StandardCharsets.UTF_8);
        }
        byte[] out = new byte[to - from];
        int size = at - from;
        System.arraycopy(body, from, out, 0, size);
        while (at < to) {
            byte b = body[at++];
            if (b == '\\' && at < to) {
                byte escaped = body[at];
                if (escaped == '\\' || escaped == 'n' || escaped == '"' && quotes) {
                    b = escaped == 'n' ? (byte) '\n' : escaped;
                    at++;
                }
            }
            out[size++] = b;
        }
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }

    static boolean equal(byte[] body, int from, int to, byte[] word) {
        if (to - from != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (body[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean endsWith(byte[] body, int from, int to, byte[] word) {
        return to - from >= word.length && equal(body, to - word.length, to, word);
    }
}

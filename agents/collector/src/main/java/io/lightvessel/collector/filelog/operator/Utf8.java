package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What has to be known about UTF-8 to cut it and to send it as protobuf text, which must be valid. */
public final class Utf8 {
    private Utf8() {}

    /** How many bytes, at most {@code longest}, can be taken without cutting through a character. */
    public static int cut(byte[] bytes, int from, int longest) {
        int length = longest;
        while (length > longest - 4 && length > 0 && (bytes[from + length] & 0xC0) == 0x80) {
            length--;
        }
        // Four continuation bytes in a row are no UTF-8 anyway.
        return length == 0 || (bytes[from + length] & 0xC0) == 0x80 ? longest : length;
    }

    public static boolean isAscii(byte[] bytes, int from, int length) {
        int all = 0;
        for (int i = from; i < from + length; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    /** The same text with every malformed sequence replaced by U+FFFD. */
    public static byte[] repaired(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, UTF_8).getBytes(UTF_8);
    }
}

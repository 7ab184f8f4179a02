package io.lightvessel.gateway.exposition;

/** Tells valid UTF-8 from other bytes, by the rules of the Unicode standard: no overlong forms, no surrogates. */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int b = text[at];
            if (b >= 0) {
                at++;
                continue;
            }
            int length = lengthOf(b & 0xFF);
            if (length == 0 || to - at < length || !isFollowed(text, at, length)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static int lengthOf(int first) {
        if (first >= 0xC2 && first <= 0xDF) {
            return 2;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return 3;
        }
        return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
    }

    private static boolean isFollowed(byte[] text, int at, int length) {
        int second = text[at + 1] & 0xFF;
        int lowest = switch (text[at] & 0xFF) {
            case 0xE0 -> 0xA0;
            case 0xF0 -> 0x90;
            default -> 0x80;
        };
        int highest = switch (text[at] & 0xFF) {
            case 0xED -> 0x9F;
            case 0xF4 -> 0x8F;
            default -> 0xBF;
        };
        if (second < lowest || second > highest) {
            return false;
        }
        for (int i = 2; i < length; i++) {
            if ((text[at + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}

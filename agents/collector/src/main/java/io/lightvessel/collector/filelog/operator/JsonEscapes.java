package io.lightvessel.collector.filelog.operator;

/** Resolves what begins with a backslash in JSON strings. */
final class JsonEscapes {
    private static final int UNICODE = 6;
    private static final int REPLACEMENT = 0xFFFD;

    /**
     * Writes what an escape stands for.
     *
     * @param at where the backslash is
     * @return where it goes on, or -1 when it is no escape
     */
    int resolve(byte[] text, int at, int end, ProtoBytes out) {
        if (at + 1 >= end) {
            return -1;
        }
        byte kind = text[at + 1];
        switch (kind) {
            case '"', '\\', '/' -> out.octet(kind);
            case 'b' -> out.octet('\b');
            case 'f' -> out.octet('\f');
            case 'n' -> out.octet('\n');
            case 'r' -> out.octet('\r');
            case 't' -> out.octet('\t');
            case 'u' -> {
                return unicode(text, at, end, out);
            }
            default -> {
                return -1;
            }
        }
        return at + 2;
    }

    private static int unicode(byte[] text, int at, int end, ProtoBytes out) {
        int unit = unit(text, at, end);
        if (unit < 0) {
            return -1;
        }
        int after = at + UNICODE;
        if (!Character.isSurrogate((char) unit)) {
            write(unit, out);
            return after;
        }
        int low = Character.isHighSurrogate((char) unit) ? unit(text, after, end) : -1;
        if (low >= 0 && Character.isLowSurrogate((char) low)) {
            write(Character.toCodePoint((char) unit, (char) low), out);
            return after + UNICODE;
        }
        // Half a character cannot be sent as text.
        write(REPLACEMENT, out);
        return after;
    }

    /** The four digits of an escape that begins there, or -1. */
    private static int unit(byte[] text, int at, int end) {
        if (at + UNICODE > end || text[at] != '\\' || text[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + UNICODE; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static void write(int character, ProtoBytes out) {
        if (character < 0x80) {
            out.octet(character);
        } else if (character < 0x800) {
            out.octet(0xC0 | character >> 6);
            out.octet(0x80 | character & 0x3F);
        } else if (character < 0x10000) {
            out.octet(0xE0 | character >> 12);
            out.octet(0x80 | character >> 6 & 0x3F);
            out.octet(0x80 | character & 0x3F);
        } else {
            out.octet(0xF0 | character >> 18);
            out.octet(0x80 | character >> 12 & 0x3F);
            out.octet(0x80 | character >> 6 & 0x3F);
            out.octet(0x80 | character & 0x3F);
        }
    }
}

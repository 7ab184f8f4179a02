package io.lightvessel.collector.filelog.operator;

/** Reads pairs such as logfmt's, {@code level=info msg="all is well"}, in a single pass, and writes them as attributes. */
final class KeyValueText {
    private final byte delimiter;
    private final byte pairDelimiter;

    /** @param pairDelimiter what stands between pairs; a space is any white space */
    KeyValueText(byte delimiter, byte pairDelimiter) {
        this.delimiter = delimiter;
        this.pairDelimiter = pairDelimiter;
    }

    /** False when there is something that is no pair; then no attribute was added. */
    boolean read(byte[] text, int from, int length, Attributes target) {
        int count = target.count();
        int size = target.content().size();
        int end = from + length;
        int at = skip(text, from, end);
        boolean any = false;
        while (at < end) {
            int keyEnd = at;
            while (keyEnd < end && text[keyEnd] != delimiter && !isBetween(text[keyEnd])) {
                keyEnd++;
            }
            if (keyEnd == at || keyEnd == end || text[keyEnd] != delimiter) {
                target.cut(count, size);
                return false;
            }
            int after = value(text, at, keyEnd, end, target);
            if (after < 0) {
                target.cut(count, size);
                return false;
            }
            any = true;
            at = skip(text, after, end);
        }
        return any;
    }

    /** Where it goes on, or -1 when a quote is not closed or followed by something else than the next pair. */
    private int value(byte[] text, int keyFrom, int keyEnd, int end, Attributes target) {
        int from = keyEnd + 1;
        int keyLength = keyEnd - keyFrom;
        int key = target.begin(text, keyFrom, keyLength);
        ProtoBytes out = target.content();
        int begun = out.begin(Attributes.TEXT);
        int at = from;
        if (from < end && (text[from] == '"' || text[from] == '\'')) {
            at = quoted(text, from, end, out);
        } else {
            while (at < end && !isBetween(text[at])) {
                at++;
            }
            out.bytes(text, from, at - from);
        }
        if (at < 0 || (at < end && !isBetween(text[at]))) {
            return -1;
        }
        out.end(begun);
        target.end(key, keyLength);
        return at;
    }

    private static int quoted(byte[] text, int from, int end, ProtoBytes out) {
        byte quote = text[from];
        int at = from + 1;
        while (at < end && text[at] != quote) {
            if (text[at] == '\\' && at + 1 < end) {
                at++;
                out.octet(escaped(text[at]));
            } else {
                out.octet(text[at]);
            }
            at++;
        }
        return at < end ? at + 1 : -1;
    }

    private static int escaped(byte kind) {
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> kind;
        };
    }

    private int skip(byte[] text, int from, int end) {
        int at = from;
        while (at < end && isBetween(text[at])) {
            at++;
        }
        return at;
    }

    private boolean isBetween(byte b) {
        return b == pairDelimiter || (pairDelimiter == ' ' && (b == '\t' || b == '\n' || b == '\r'));
    }
}

package io.lightvessel.collector.filelog.operator;

/** Reads each line as what it looks like, an object of JSON or pairs; other lines are text and nothing else. */
final class AnyParser implements Operator {
    private final Field body = Field.of("body");
    private final JsonText json = new JsonText(true);
    private final KeyValueText pairs = new KeyValueText((byte) '=', (byte) ' ');
    private final Operator severity;

    /** @param severity what is asked once attributes were found */
    AnyParser(Operator severity) {
        this.severity = severity;
    }

    @Override
    public boolean apply(Entry entry) {
        body.find(entry);
        int from = body.from();
        int end = from + body.length();
        byte[] text = body.source();
        while (from < end && text[from] <= ' ' && text[from] > 0) {
            from++;
        }
        if (from == end) {
            return true;
        }
        boolean read = text[from] == '{'
                ? json.read(text, from, end - from, entry.attributes)
                : isPair(text, from, end) && pairs.read(text, from, end - from, entry.attributes);
        if (read) {
            severity.apply(entry);
        }
        return true;
    }

    /** Whether a line begins with a key and what stands between it and its value. */
    private static boolean isPair(byte[] text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (text[i] == '=') {
                return i > from;
            }
            if (text[i] <= ' ' && text[i] >= 0) {
                return false;
            }
        }
        return false;
    }
}

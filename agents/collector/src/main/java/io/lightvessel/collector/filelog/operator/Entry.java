package io.lightvessel.collector.filelog.operator;

/** A line on its way to becoming a record; reused for every line. */
public final class Entry {
    private static final byte[] NONE = {};

    /** Nanoseconds since the epoch; 0 when nobody knows. */
    public long timeUnixNano;

    /** The text, which may lie in an array of its own after it was changed. */
    public byte[] body = NONE;

    public int from;
    public int length;

    /** 0 when nobody knows. */
    public int severityNumber;

    public byte[] severityText = NONE;

    /** The container's stream; empty when there are none. */
    String stream = "";

    LogFacts log = LogFacts.none();

    public final Attributes attributes = new Attributes();

    public void begin(LogFacts from, String ofStream, long time, byte[] bytes, int start, int size) {
        log = from;
        stream = ofStream;
        timeUnixNano = time;
        body(bytes, start, size);
        severityNumber = 0;
        severityText = NONE;
        attributes.clear();
    }

    void body(byte[] bytes, int start, int size) {
        body = bytes;
        from = start;
        length = size;
    }
}

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

    public final Attributes attributes = new Attributes();

    public void begin(long time, byte[] bytes, int start, int size) {
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

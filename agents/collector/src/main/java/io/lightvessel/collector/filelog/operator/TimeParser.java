package io.lightvessel.collector.filelog.operator;

/** Reads the time of a record. */
final class TimeParser implements Operator {
    private final Field source;
    private final TimeReader reader;

    TimeParser(Field source, TimeReader reader) {
        this.source = source;
        this.reader = reader;
    }

    /** Reads a time from text. */
    interface TimeReader {
        long INVALID = Long.MIN_VALUE;

        /** Nanoseconds since the epoch, or {@link #INVALID}. */
        long nanos(byte[] text, int from, int length);
    }

    @Override
    public boolean apply(Entry entry) {
        if (!source.find(entry)) {
            return false;
        }
        long nanos = reader.nanos(source.source(), source.from(), source.length());
        if (nanos == TimeReader.INVALID) {
            return false;
        }
        entry.timeUnixNano = nanos;
        return true;
    }
}

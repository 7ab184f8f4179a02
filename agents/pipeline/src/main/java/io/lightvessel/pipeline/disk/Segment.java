package io.lightvessel.pipeline.disk;

/** What is known of one segment file; guarded by its log. */
final class Segment {

    private final SegmentName name;
    private final Amounts unread = new Amounts();
    private final Amounts all = new Amounts();
    private long end;
    private long last;
    private boolean sealed;

    Segment(SegmentName name) {
        this.name = name;
        this.last = name.first() - 1;
        this.end = SegmentName.HEADER_SIZE;
    }

    SegmentName name() {
        return name;
    }

    /** Where committed records end. */
    long end() {
        return end;
    }

    /** The highest sequence number in it; one below its first when it is empty. */
    long last() {
        return last;
    }

    /** Whether nothing will be added to it. */
    boolean isSealed() {
        return sealed;
    }

    /** What is in it and has not been handed out. */
    Amounts unread() {
        return unread;
    }

    /** What was ever put into it. */
    Amounts all() {
        return all;
    }

    void committed(long sequence, String pipeline, Amount amount, long length) {
        all.add(pipeline, amount);
        unread.add(pipeline, amount);
        last = sequence;
        end += length;
    }

    void seal() {
        sealed = true;
    }

    /** What a former life left in it. */
    void recovered(long recoveredEnd, long recoveredLast) {
        end = recoveredEnd;
        last = recoveredLast;
        sealed = true;
    }
}

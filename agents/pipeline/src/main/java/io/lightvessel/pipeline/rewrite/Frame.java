package io.lightvessel.pipeline.rewrite;

/** A message the walk is in: where it is in the original and, once something in it has changed, in the output. */
final class Frame {

    int tagAt;
    int lengthAt;
    int from;
    int to;
    int outTag;
    int outLength;
    int outFrom;
    private int kept;
    private boolean dropped;

    void open(int newTagAt, int newLengthAt, int newFrom, int newTo) {
        tagAt = newTagAt;
        lengthAt = newLengthAt;
        from = newFrom;
        to = newTo;
        kept = 0;
        dropped = false;
    }

    void kept() {
        kept++;
    }

    void dropped() {
        dropped = true;
    }

    /** Counts what was kept and dropped in a part of it. */
    void joins(Frame part) {
        kept += part.kept;
        dropped |= part.dropped;
    }

    /** Whether all that was in it has been dropped; what came without content stays. */
    boolean isEmptied() {
        return dropped && kept == 0;
    }
}

package io.lightvessel.collector.filelog;

/** Tells where texts of several lines begin or end. What a rule knows of the lines before is one number. */
interface EntryRule {
    /** Before any line. */
    int FIRST = 0;

    /** The state after a line. */
    int state(int before, byte[] bytes, int from, int length);

    /** Whether the line that led to this state is the first of a text. */
    boolean begins(int state);

    /** Whether it is the last one. */
    boolean ends(int state);
}

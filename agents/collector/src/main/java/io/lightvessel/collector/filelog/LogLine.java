package io.lightvessel.collector.filelog;

/** One line of a file taken apart; reused for every line, so that following a log makes no garbage. */
final class LogLine {
    /** Empty when the format has no streams. */
    String stream = "";

    /** 0 when the line does not tell. */
    long timeUnixNano;

    /** Whether the text goes on in the stream's next line. */
    boolean partial;

    byte[] bytes = new byte[0];
    int from;
    int length;

    void plain(byte[] source, int start, int size) {
        stream = "";
        timeUnixNano = 0;
        partial = false;
        text(source, start, size);
    }

    void text(byte[] source, int start, int size) {
        bytes = source;
        from = start;
        length = size;
    }
}

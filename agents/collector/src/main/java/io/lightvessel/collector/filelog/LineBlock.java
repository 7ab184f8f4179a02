package io.lightvessel.collector.filelog;

import io.lightvessel.collector.filelog.operator.Operators;
import io.lightvessel.collector.filelog.operator.ProtoBytes;
import io.lightvessel.collector.filelog.operator.Utf8;
import java.io.IOException;

/** Reads blocks of a file and takes them apart into lines; one buffer for all files of a receiver. */
final class LineBlock {
    private static final int USUAL = 256 << 10;

    private final LineFormat format;
    private final int longestRawLine;
    private final Operators operators;
    private final LogLine line = new LogLine();
    private final ProtoBytes records = new ProtoBytes();
    private byte[] buffer = new byte[USUAL];

    LineBlock(LineFormat format, int longestRawLine, Operators operators) {
        this.format = format;
        this.longestRawLine = longestRawLine;
        this.operators = operators;
    }

    /** What is done with each line. */
    Operators operators() {
        return operators;
    }

    /** Where what was read is written to, of which there is one for all files too. */
    ProtoBytes records() {
        return records;
    }

    /** Makes room for a block of that size; returns the most bytes it can have, a longer line having been met. */
    int prepare(int bytes) {
        if (buffer.length < bytes) {
            buffer = new byte[bytes];
        }
        return buffer.length;
    }

    /**
     * Reads the complete lines from the file's position on.
     *
     * @param wanted how much to read, unless a single line is longer
     * @param over whether the file will not grow any more, so that an unfinished line at its end is one
     * @return bytes that are dealt with; 0 when there is no complete line
     */
    int read(TailedFile file, int wanted, boolean over, LineFlow flow) throws IOException {
        int limit = wanted;
        int length = file.peek(buffer, limit);
        int end = lastLineEnd(length);
        while (end == 0 && length == limit && limit < longestRawLine) {
            limit = Math.min(longestRawLine, limit * 2);
            prepare(limit);
            length = file.peek(buffer, limit);
            end = lastLineEnd(length);
        }
        for (int from = 0; from < end; ) {
            int lineEnd = Newlines.next(buffer, from, end);
            add(from, lineEnd - from, flow);
            from = lineEnd + 1;
        }
        if (end == 0 && length > 0 && (over || length == limit)) {
            int piece = over && length <= longestRawLine
                    ? length
                    : Utf8.cut(buffer, 0, Math.min(length - 1, longestRawLine));
            add(0, piece, flow);
            return piece;
        }
        return end;
    }

    private void add(int from, int length, LineFlow flow) {
        format.read(buffer, from, length, line);
        flow.add(line);
    }

    private int lastLineEnd(int length) {
        int end = length;
        while (end > 0 && buffer[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}

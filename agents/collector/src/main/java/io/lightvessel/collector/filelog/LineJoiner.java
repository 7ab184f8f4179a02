package io.lightvessel.collector.filelog;

import io.lightvessel.collector.filelog.operator.Utf8;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Joins the parts of lines that a container runtime split, for each stream on its own, since streams interleave. Belongs
 * to a log, not to one of its files: a line's parts may lie on both sides of a rotation.
 */
final class LineJoiner {
    private final int longest;
    private final Map<String, Pending> pending = new HashMap<>();

    LineJoiner(int longest) {
        this.longest = longest;
    }

    /** Takes whole lines. */
    interface Sink {
        void line(long timeUnixNano, String stream, byte[] bytes, int from, int length);
    }

    void add(LogLine line, Sink sink) {
        Pending begun = pending.get(line.stream);
        if (begun == null && !line.partial) {
            emit(line.timeUnixNano, line.stream, line.bytes, line.from, line.length, sink);
            return;
        }
        if (begun == null) {
            begun = new Pending(line.timeUnixNano);
            pending.put(line.stream, begun);
        }
        begun.append(line.bytes, line.from, line.length);
        if (!line.partial) {
            pending.remove(line.stream);
            emit(begun.time, line.stream, begun.text, 0, begun.length, sink);
        } else if (begun.length > longest) {
            begun.emitAllButTail(line.stream, longest, sink);
        }
    }

    /** Gives out what was begun although its end never came. */
    void flush(Sink sink) {
        pending.forEach((stream, begun) -> emit(begun.time, stream, begun.text, 0, begun.length, sink));
        pending.clear();
    }

    void clear() {
        pending.clear();
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    Map<String, Partial> snapshot() {
        if (pending.isEmpty()) {
            return Map.of();
        }
        Map<String, Partial> copy = new HashMap<>();
        pending.forEach((stream, begun) -> copy.put(stream, begun.toPartial()));
        return Map.copyOf(copy);
    }

    void restore(Map<String, Partial> partials) {
        pending.clear();
        partials.forEach((stream, partial) -> {
            Pending begun = new Pending(partial.timeUnixNano());
            begun.append(partial.text(), 0, partial.text().length);
            pending.put(stream, begun);
        });
    }

    private void emit(long time, String stream, byte[] bytes, int from, int length, Sink sink) {
        int at = from;
        int end = from + length;
        while (end - at > longest) {
            int piece = Utf8.cut(bytes, at, longest);
            sink.line(time, stream, bytes, at, piece);
            at += piece;
        }
        sink.line(time, stream, bytes, at, end - at);
    }

    /** A line under way. */
    private static final class Pending {
        private final long time;
        private byte[] text = new byte[1024];
        private int length;

        Pending(long time) {
            this.time = time;
        }

        void append(byte[] bytes, int from, int count) {
            if (text.length - length < count) {
                text = Arrays.copyOf(text, Math.max(text.length * 2, length + count));
            }
            System.arraycopy(bytes, from, text, length, count);
            length += count;
        }

        void emitAllButTail(String stream, int longest, Sink sink) {
            int at = 0;
            while (length - at > longest) {
                int piece = Utf8.cut(text, at, longest);
                sink.line(time, stream, text, at, piece);
                at += piece;
            }
            System.arraycopy(text, at, text, 0, length - at);
            length -= at;
        }

        Partial toPartial() {
            return new Partial(time, Arrays.copyOf(text, length));
        }
    }
}

package io.lightvessel.collector.filelog;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Puts lines of a stream together that are one text, such as stack traces; between the line joiner and the records. */
final class TextJoiner implements LineJoiner.Sink {
    private static final String PREFIX = "text:";

    private final Recombine settings;
    private final LineJoiner.Sink sink;
    private final Map<String, Text> texts = new HashMap<>();
    private int open;

    TextJoiner(Recombine settings, LineJoiner.Sink sink) {
        this.settings = settings;
        this.sink = sink;
    }

    @Override
    public void line(long time, String stream, byte[] bytes, int from, int length) {
        Text text = texts.computeIfAbsent(stream, _ -> new Text());
        EntryRule rule = settings.rule();
        int state = rule.state(text.state, bytes, from, length);
        boolean full = text.lines >= settings.mostLines()
                || text.length + settings.between().length + length > settings.longest();
        if (text.lines > 0 && (rule.begins(state) || full)) {
            emit(stream, text);
        }
        text.state = state;
        if (text.lines == 0) {
            open++;
            text.time = time;
        } else {
            text.append(settings.between(), 0, settings.between().length);
            text.time = settings.newestTime() ? time : text.time;
        }
        text.append(bytes, from, length);
        text.lines++;
        if (rule.ends(state)) {
            emit(stream, text);
        }
    }

    boolean isEmpty() {
        return open == 0;
    }

    /** Gives out what was begun although nothing said that it is over. */
    void flush() {
        texts.forEach((stream, text) -> {
            if (text.lines > 0) {
                emit(stream, text);
            }
        });
    }

    void clear() {
        texts.clear();
        open = 0;
    }

    Map<String, Partial> snapshot() {
        if (open == 0) {
            return Map.of();
        }
        Map<String, Partial> copy = new HashMap<>();
        texts.forEach((stream, text) -> {
            if (text.lines > 0) {
                copy.put(
                        PREFIX + text.state + ":" + stream,
                        new Partial(text.time, Arrays.copyOf(text.bytes, text.length)));
            }
        });
        return copy;
    }

    /** Takes from a checkpoint what is a text's beginning, and leaves the rest. */
    void restore(Map<String, Partial> partials) {
        clear();
        partials.forEach((key, partial) -> {
            if (isOurs(key)) {
                int colon = key.indexOf(':', PREFIX.length());
                Text text = new Text();
                text.state = Integer.parseInt(key.substring(PREFIX.length(), colon));
                text.time = partial.timeUnixNano();
                text.append(partial.text(), 0, partial.text().length);
                text.lines = 1;
                texts.put(key.substring(colon + 1), text);
                open++;
            }
        });
    }

    /** Whether a beginning in a checkpoint is a text's, and not a line's. */
    static boolean isOurs(String key) {
        return key.startsWith(PREFIX);
    }

    private void emit(String stream, Text text) {
        sink.line(text.time, stream, text.bytes, 0, text.length);
        text.lines = 0;
        text.length = 0;
        open--;
    }

    /** A text under way. */
    private static final class Text {
        private long time;
        private int state;
        private int lines;
        private byte[] bytes = new byte[1024];
        private int length;

        void append(byte[] source, int from, int count) {
            if (bytes.length - length < count) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
            }
            System.arraycopy(source, from, bytes, length, count);
            length += count;
        }
    }
}

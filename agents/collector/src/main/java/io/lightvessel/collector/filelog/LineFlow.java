package io.lightvessel.collector.filelog;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the lines of a log's files to its records: halves are joined, and lines that are one text, if that is wanted. */
final class LineFlow {
    private final LineJoiner joiner;
    private final @Nullable TextJoiner texts;
    private final LineJoiner.Sink sink;

    LineFlow(int longestLine, @Nullable Recombine recombine, LineJoiner.Sink records) {
        this.joiner = new LineJoiner(longestLine);
        this.texts = recombine == null ? null : new TextJoiner(recombine, records);
        this.sink = texts == null ? records : texts;
    }

    void add(LogLine line) {
        joiner.add(line, sink);
    }

    boolean isEmpty() {
        return joiner.isEmpty() && (texts == null || texts.isEmpty());
    }

    /** Gives out what was begun although its end never came. */
    void flush() {
        joiner.flush(sink);
        if (texts != null) {
            texts.flush();
        }
    }

    void clear() {
        joiner.clear();
        if (texts != null) {
            texts.clear();
        }
    }

    Map<String, Partial> snapshot() {
        if (texts == null || texts.isEmpty()) {
            return joiner.snapshot();
        }
        Map<String, Partial> all = new HashMap<>(joiner.snapshot());
        all.putAll(texts.snapshot());
        return all;
    }

    void restore(Map<String, Partial> partials) {
        Map<String, Partial> lines = new HashMap<>(partials);
        lines.keySet().removeIf(TextJoiner::isOurs);
        joiner.restore(lines);
        if (texts != null) {
            texts.restore(partials);
        }
    }
}

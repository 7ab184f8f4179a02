package io.lightvessel.gateway.exposition;

import io.lightvessel.gateway.exposition.ExpositionParser.ExemplarSink;
import java.nio.charset.StandardCharsets;

/** The exemplar at the end of a line of OpenMetrics. */
final class TextExemplar {
    private static final byte[] BEGIN = " # {".getBytes(StandardCharsets.US_ASCII);

    private final OpenMetricsLabels labels;
    private final SeriesSpans spans = new SeriesSpans();
    private byte[] body = {};
    private int end;
    private TextErrors errors = new TextErrors(body, 0, 0);
    private boolean exists;
    private double value;
    private boolean hasTimestamp;
    private long timestamp;

    TextExemplar(OpenMetricsLabels labels) {
        this.labels = labels;
    }

    void open(byte[] body, int end, TextErrors errors) {
        this.body = body;
        this.end = end;
        this.errors = errors;
        exists = false;
    }

    void clear() {
        exists = false;
    }

    boolean begins(int at) {
        return end - at >= BEGIN.length && Texts.equal(body, at, at + BEGIN.length, BEGIN);
    }

    /** Reads it from the blank before its {@code #}; returns the end of the line. */
    int read(int from) throws MalformedExposition {
        spans.beginUnnamed();
        int i = labels.read(from + BEGIN.length, spans, true);
        int to = TextNumbers.tokenEnd(body, i, end);
        if (to < 0) {
            throw errors.unexpected(i, "one blank and a value after the exemplar's labels");
        }
        value = TextNumbers.value(body, i + 1, to, errors);
        hasTimestamp = to < end && body[to] == ' ';
        timestamp = 0;
        if (hasTimestamp) {
            i = to;
            to = TextNumbers.tokenEnd(body, i, end);
            if (to < 0) {
                throw errors.unexpected(i + 1, "a timestamp after one blank, or the end of the line");
            }
            timestamp = TextNumbers.seconds(body, i + 1, to, errors);
        }
        exists = true;
        return to;
    }

    boolean exists() {
        return exists;
    }

    void tell(ExemplarSink sink) throws MalformedExposition {
        spans.tellLabels(body, sink, errors);
        sink.end(value, hasTimestamp, timestamp);
    }
}

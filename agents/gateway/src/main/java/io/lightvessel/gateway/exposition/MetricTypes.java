package io.lightvessel.gateway.exposition;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The words for types in the text formats. */
final class MetricTypes {
    private record Word(byte[] word, MetricType type) {
        Word(String word, MetricType type) {
            this(word.getBytes(StandardCharsets.US_ASCII), type);
        }
    }

    private static final Word[] TEXT = {
        new Word("counter", MetricType.COUNTER),
        new Word("gauge", MetricType.GAUGE),
        new Word("histogram", MetricType.HISTOGRAM),
        new Word("summary", MetricType.SUMMARY),
        new Word("untyped", MetricType.UNSPECIFIED)
    };
    private static final Word[] OPEN_METRICS = {
        new Word("counter", MetricType.COUNTER),
        new Word("gauge", MetricType.GAUGE),
        new Word("histogram", MetricType.HISTOGRAM),
        new Word("gaugehistogram", MetricType.GAUGE_HISTOGRAM),
        new Word("summary", MetricType.SUMMARY),
        new Word("info", MetricType.INFO),
        new Word("stateset", MetricType.STATE_SET),
        new Word("unknown", MetricType.UNSPECIFIED)
    };

    private MetricTypes() {}

    /** Null for what is no type in Prometheus' own format. */
    static @Nullable MetricType ofText(byte[] body, int from, int to) {
        return of(TEXT, body, from, to);
    }

    /** Null for what is no type in OpenMetrics. */
    static @Nullable MetricType ofOpenMetrics(byte[] body, int from, int to) {
        return of(OPEN_METRICS, body, from, to);
    }

    private static @Nullable MetricType of(Word[] words, byte[] body, int from, int to) {
        for (Word word : words) {
            if (Texts.equal(body, from, to, word.word)) {
                return word.type;
            }
        }
        return null;
    }
}

package io.lightvessel.gateway.exposition;

import org.jspecify.annotations.Nullable;

/**
 * Reads one answer to a scrape from its first byte to its last, entry after entry. Nothing is allocated per sample:
 * what an accessor returns is valid until the next call of {@link #next}, and belongs to the entry read last.
 */
public interface ExpositionParser {
    /** The histogram of an entry that has none. */
    byte[] NOTHING = {};

    /** What {@link #next} came to. */
    enum Entry {
        /** A sample with a float value. */
        SAMPLE,
        /** A sample that is a native histogram. */
        HISTOGRAM,
        /** The type, help text or unit of the family {@link #family} changed; samples of it follow. */
        METADATA,
        /** The answer is over and was complete. */
        END
    }

    /** Begins with an answer, from {@code start} to {@code end} of the array, which must not change until it is read. */
    void open(byte[] body, int start, int end);

    /** @throws MalformedExposition with the place and what was expected there; what was read before stays valid */
    Entry next() throws MalformedExposition;

    /**
     * The bytes that stand for this series: equal bytes are the same series of this target. From
     * {@link #seriesStart()} to {@link #seriesEnd()}; the array is the body itself or a buffer of the parser.
     */
    byte[] seriesArray();

    int seriesStart();

    int seriesEnd();

    /**
     * Tells the name and labels of the series, decoded, in no order, without those that have no value; only called for
     * series not seen before, so this is where names are checked: a name twice or not in UTF-8 is malformed.
     */
    void labels(LabelSink sink) throws MalformedExposition;

    double value();

    /** The native histogram of the entry, as a message {@code io.prometheus.write.v2.Histogram} without its time. */
    default byte[] histogramArray() {
        return NOTHING;
    }

    default int histogramStart() {
        return 0;
    }

    default int histogramEnd() {
        return 0;
    }

    /** Whether the target gave a time of its own. */
    boolean hasTimestamp();

    /** Milliseconds since 1970. */
    long timestamp();

    /** When the series began to count, milliseconds since 1970; 0 when the target does not say. */
    default long startTimestamp() {
        return 0;
    }

    /** Exemplars of the entry; most have none. */
    default int exemplars() {
        return 0;
    }

    /** Reads one of the exemplars. */
    default void exemplar(int index, ExemplarSink sink) throws MalformedExposition {
        throw new IndexOutOfBoundsException(index);
    }

    /**
     * The family of the entry, mostly the same object for as long as nothing about it changes, also from one answer to the
     * next; null for a series that belongs to no family the target has described.
     */
    @Nullable
    MetricFamily family();

    /** Takes the name (as {@code __name__}) and labels of a series. */
    @FunctionalInterface
    interface LabelSink {
        void label(String name, String value);

        /** A label that is written without a value, and so is none. */
        default void withoutValue(String name) {
            // To most it is as if it were not there.
        }
    }

    /** Takes one exemplar: its labels first. */
    interface ExemplarSink extends LabelSink {
        void end(double value, boolean hasTimestamp, long timestampMillis);
    }
}

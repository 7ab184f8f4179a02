package io.lightvessel.gateway.exposition;

import io.lightvessel.gateway.exposition.ExpositionParser.LabelSink;

/** The sample a parser of text has read last. */
final class Sample {
    /** Characters by what they may be part of. */
    static final byte[] CLASSES = new byte[256];

    static final int NAME_START = 1;
    static final int NAME = 2;
    static final int LABEL_START = 4;
    static final int LABEL = 8;

    static {
        for (int c = 0; c < 256; c++) {
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            boolean digit = c >= '0' && c <= '9';
            int is = letter ? NAME_START | NAME | LABEL_START | LABEL : 0;
            is |= digit ? NAME | LABEL : 0;
            is |= c == ':' ? NAME_START | NAME : 0;
            CLASSES[c] = (byte) is;
        }
    }

    private static final Part[] PARTS = {Part.BUCKET, Part.SUM, Part.COUNT};

    final SeriesSpans spans = new SeriesSpans();
    byte[] body = {};
    int seriesStart;
    int seriesEnd;
    double value;
    boolean hasTimestamp;
    long timestamp;
    /** The type told last, also of another family: it decides how {@code le} and {@code quantile} are written. */
    MetricType type = MetricType.UNSPECIFIED;

    static boolean is(byte c, int classes) {
        return (CLASSES[c & 0xFF] & classes) != 0;
    }

    void open(byte[] body) {
        this.body = body;
        seriesStart = 0;
        seriesEnd = 0;
        value = 0;
        hasTimestamp = false;
        timestamp = 0;
        type = MetricType.UNSPECIFIED;
    }

    void labels(NameEscaping escaping, LabelSink sink, TextErrors errors) throws MalformedExposition {
        spans.tell(body, type, escaping, sink, errors);
    }

    /** What the sample is of a classic histogram, if the family that is being read is one. */
    Part part(CurrentFamily family) {
        if (type != MetricType.HISTOGRAM) {
            return Part.WHOLE;
        }
        for (Part part : PARTS) {
            if (Texts.endsWith(body, spans.nameFrom(), spans.nameTo(), part.bytes())
                    && family.isCalled(spans.nameFrom(), spans.nameTo() - part.bytes().length)) {
                return part;
            }
        }
        return Part.WHOLE;
    }

    /** Tells labels as those of a histogram as a whole. */
    void tellBase(SeriesSpans remembered, NameEscaping escaping, LabelSink sink, TextErrors errors)
            throws MalformedExposition {
        remembered.tell(body, MetricType.UNSPECIFIED, escaping, ClassicParts.withoutBound(sink), errors);
    }
}

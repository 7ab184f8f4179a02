package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.WireReader;

/** The messages a visitor gets to see, and which of their fields holds attributes. */
public enum MessageType {
    RESOURCE(1),
    SCOPE(3),
    SPAN(9),
    SPAN_EVENT(3),
    SPAN_LINK(4),
    LOG_RECORD(6),
    /** A metric without its data; its attributes are {@code metadata}. */
    METRIC(12),
    /** {@code Gauge}, {@code Sum} and so on without their points. */
    METRIC_DATA(0),
    NUMBER_POINT(7),
    HISTOGRAM_POINT(9),
    EXPONENTIAL_POINT(1),
    SUMMARY_POINT(7);

    private final int attributesTag;

    MessageType(int attributesField) {
        this.attributesTag = attributesField == 0 ? 0 : attributesField << 3 | WireReader.LENGTH_DELIMITED;
    }

    /** Tag of its attributes; 0 when it has none. */
    int attributesTag() {
        return attributesTag;
    }
}

package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.WireReader;

/** Tags on the way from a request to its records; see opentelemetry/proto/{trace,metrics,logs}/v1. */
final class Tags {

    static final int GROUP = 1 << 3 | WireReader.LENGTH_DELIMITED;
    /** {@code resource} of a group and {@code scope} of a scope group. */
    static final int DESCRIPTION = 1 << 3 | WireReader.LENGTH_DELIMITED;

    static final int SCOPE_GROUP = 2 << 3 | WireReader.LENGTH_DELIMITED;
    /** {@code spans}, {@code log_records} or {@code metrics}. */
    static final int RECORD = 2 << 3 | WireReader.LENGTH_DELIMITED;

    static final int POINT = 1 << 3 | WireReader.LENGTH_DELIMITED;

    private Tags() {}

    static boolean isMetricData(int tag) {
        if (WireReader.wireType(tag) != WireReader.LENGTH_DELIMITED) {
            return false;
        }
        return switch (WireReader.field(tag)) {
            case 5, 7, 9, 10, 11 -> true;
            default -> false;
        };
    }

    static MessageType pointType(int dataTag) {
        return switch (WireReader.field(dataTag)) {
            case 9 -> MessageType.HISTOGRAM_POINT;
            case 10 -> MessageType.EXPONENTIAL_POINT;
            case 11 -> MessageType.SUMMARY_POINT;
            default -> MessageType.NUMBER_POINT;
        };
    }
}

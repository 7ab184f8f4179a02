package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;

/** Counts the records in a part of a request that is left out as a whole. */
final class RecordCount {

    private final Fields fields;
    private final boolean metrics;

    RecordCount(Fields fields, boolean metrics) {
        this.fields = fields;
        this.metrics = metrics;
    }

    int ofGroup(int from, int to) throws MalformedPayload {
        int count = 0;
        for (int at = from; at < to; ) {
            fields.read(at, to);
            at = fields.next();
            if (fields.tag() == Tags.SCOPE_GROUP) {
                count += ofScope(fields.from(), at);
            }
        }
        return count;
    }

    int ofScope(int from, int to) throws MalformedPayload {
        int count = 0;
        for (int at = from; at < to; ) {
            fields.read(at, to);
            at = fields.next();
            if (fields.tag() == Tags.RECORD) {
                count += metrics ? ofMetric(fields.from(), at) : 1;
            }
        }
        return count;
    }

    int ofMetric(int from, int to) throws MalformedPayload {
        int count = 0;
        for (int at = from; at < to; ) {
            fields.read(at, to);
            at = fields.next();
            if (Tags.isMetricData(fields.tag())) {
                count += ofData(fields.from(), at);
            }
        }
        return count;
    }

    private int ofData(int from, int to) throws MalformedPayload {
        int count = 0;
        for (int at = from; at < to; ) {
            fields.read(at, to);
            at = fields.next();
            count += fields.tag() == Tags.POINT ? 1 : 0;
        }
        return count;
    }
}

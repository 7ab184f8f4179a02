package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.MessageType;

/** What statements run on now: a record and what is around it. */
final class Telemetry {

    private static final byte[] NOTHING = {};

    private final Message cache = new Message();
    private Message resource = new Message();
    private Message scope = new Message();
    private Message metric = new Message();
    private Message data = new Message();
    private Message item = new Message();
    private Message event = new Message();
    private int dataField;

    void resource(Message shown) {
        resource = shown;
    }

    void scope(Message shown) {
        scope = shown;
    }

    void metric(Message shown, int shownDataField, Message shownData) {
        metric = shown;
        dataField = shownDataField;
        data = shownData;
    }

    /** A span, log record or data point. */
    void item(Message shown) {
        item = shown;
    }

    void event(Message shown) {
        event = shown;
    }

    Message of(OttlContext context) {
        return switch (context) {
            case RESOURCE -> resource;
            case SCOPE -> scope;
            case METRIC -> metric;
            case SPAN, LOG, DATAPOINT -> item;
            case SPANEVENT -> event;
        };
    }

    /** The fields of a metric's data but its points. */
    Message data() {
        return data;
    }

    /** Number of the field that holds the data. */
    int dataField() {
        return dataField;
    }

    Message cache() {
        return cache;
    }

    void clearCache() {
        cache.show(MessageType.RESOURCE, NOTHING, 0, 0);
    }
}

package io.lightvessel.config.ottl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every field that statements can read or write. */
final class Fields {

    private static final List<Field> ALL = all();

    private Fields() {}

    static Optional<Field> find(OttlContext owner, String name) {
        return ALL.stream()
                .filter(field -> field.owner() == owner && field.name().equals(name))
                .findFirst();
    }

    static List<String> names(OttlContext owner) {
        return ALL.stream()
                .filter(field -> field.owner() == owner)
                .map(Field::name)
                .toList();
    }

    private static List<Field> all() {
        List<Field> all = new ArrayList<>();
        for (OttlContext context : OttlContext.values()) {
            all.add(new Field(context, "cache", Type.MAP, Shape.CACHE, List.of(0), true));
        }
        Owner resource = new Owner(OttlContext.RESOURCE, all);
        resource.attributes();
        resource.whole("dropped_attributes_count", Shape.VARINT, 2);

        Owner scope = new Owner(OttlContext.SCOPE, all);
        scope.text("name", 1);
        scope.text("version", 2);
        scope.attributes();
        scope.whole("dropped_attributes_count", Shape.VARINT, 4);

        Owner span = new Owner(OttlContext.SPAN, all);
        span.id("trace_id", Type.TRACE_ID, 1);
        span.id("span_id", Type.SPAN_ID, 2);
        span.text("trace_state", 3);
        span.id("parent_span_id", Type.SPAN_ID, 4);
        span.text("name", 5);
        span.whole("kind", Shape.VARINT, 6);
        span.whole("start_time_unix_nano", Shape.FIXED64, 7);
        span.whole("end_time_unix_nano", Shape.FIXED64, 8);
        span.attributes();
        span.whole("dropped_attributes_count", Shape.VARINT, 10);
        span.whole("dropped_events_count", Shape.VARINT, 12);
        span.whole("dropped_links_count", Shape.VARINT, 14);
        span.whole("status.code", Shape.STATUS_VARINT, 3);
        span.add("status.message", Type.TEXT, Shape.STATUS_TEXT, 2);

        Owner event = new Owner(OttlContext.SPANEVENT, all);
        event.whole("time_unix_nano", Shape.FIXED64, 1);
        event.text("name", 2);
        event.attributes();
        event.whole("dropped_attributes_count", Shape.VARINT, 4);

        Owner metric = new Owner(OttlContext.METRIC, all);
        metric.text("name", 1);
        metric.text("description", 2);
        metric.text("unit", 3);
        all.add(new Field(OttlContext.METRIC, "type", Type.WHOLE, Shape.METRIC_TYPE, List.of(0), false));
        metric.whole("aggregation_temporality", Shape.DATA_VARINT, 2);
        metric.add("is_monotonic", Type.FLAG, Shape.DATA_FLAG, 3);
        metric.add("metadata", Type.MAP, Shape.ATTRIBUTES, 12);

        Owner point = new Owner(OttlContext.DATAPOINT, all);
        point.attributes();
        point.whole("start_time_unix_nano", Shape.FIXED64, 2);
        point.whole("time_unix_nano", Shape.FIXED64, 3);
        point.add("value_double", Type.DECIMAL, Shape.POINT_DOUBLE, 4, 0, 0, 0);
        point.add("value_int", Type.WHOLE, Shape.POINT_INT, 6, 0, 0, 0);
        point.whole("flags", Shape.VARINT, 8, 10, 10, 8);
        point.whole("count", Shape.FIXED64, 0, 4, 4, 4);
        point.add("sum", Type.DECIMAL, Shape.DOUBLE, 0, 5, 5, 5);
        point.whole("scale", Shape.ZIGZAG, 0, 0, 6, 0);
        point.whole("zero_count", Shape.FIXED64, 0, 0, 7, 0);

        Owner log = new Owner(OttlContext.LOG, all);
        log.whole("time_unix_nano", Shape.FIXED64, 1);
        log.whole("observed_time_unix_nano", Shape.FIXED64, 11);
        log.whole("severity_number", Shape.VARINT, 2);
        log.text("severity_text", 3);
        log.add("body", Type.ANY, Shape.VALUE, 5);
        log.add("body.string", Type.TEXT, Shape.VALUE_TEXT, 5);
        log.attributes();
        log.whole("dropped_attributes_count", Shape.VARINT, 7);
        log.whole("flags", Shape.FIXED32, 8);
        log.id("trace_id", Type.TRACE_ID, 9);
        log.id("span_id", Type.SPAN_ID, 10);
        log.text("event_name", 12);
        return List.copyOf(all);
    }

    /** Adds the fields of one context. */
    private record Owner(OttlContext context, List<Field> all) {

        void add(String name, Type type, Shape shape, Integer... numbers) {
            all.add(new Field(context, name, type, shape, List.of(numbers), true));
        }

        void text(String name, int number) {
            add(name, Type.TEXT, Shape.TEXT, number);
        }

        void whole(String name, Shape shape, Integer... numbers) {
            add(name, Type.WHOLE, shape, numbers);
        }

        void attributes() {
            add("attributes", Type.MAP, Shape.ATTRIBUTES, 0);
        }

        void id(String name, Type type, int number) {
            add(name, type, Shape.ID, number);
            add(name + ".string", Type.TEXT, Shape.ID_TEXT, number);
        }
    }
}

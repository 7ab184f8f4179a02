package io.lightvessel.gateway.tail;

import io.lightvessel.config.Signal;
import java.util.List;

/**
 * A span, data point, log record or profile as people read it.
 *
 * @param timeUnixNano 0 when unknown
 * @param title a log's body, a span's or a metric's name
 * @param severityNumber 1..24, 0 when there is none
 * @param severityText as the producer wrote it; may be empty
 * @param fields what the record says besides attributes, such as {@code trace_id} or {@code duration}
 * @param scope the instrumentation scope's name and version; may be empty
 */
public record TelemetryRecord(
        Signal signal,
        long timeUnixNano,
        String title,
        int severityNumber,
        String severityText,
        List<Field> fields,
        List<Field> attributes,
        List<Field> resource,
        String scope) {

    /** A name and a value in text form. */
    public record Field(String name, String value) {}

    /** Characters of text, to keep what waits for a viewer within bounds. */
    public int weight() {
        int weight = title.length() + severityText.length() + scope.length();
        for (List<Field> list : List.of(fields, attributes, resource)) {
            for (Field field : list) {
                weight += field.name().length() + field.value().length();
            }
        }
        return weight;
    }

    public TelemetryRecord {
        fields = List.copyOf(fields);
        attributes = List.copyOf(attributes);
        resource = List.copyOf(resource);
    }
}

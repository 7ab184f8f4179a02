package io.lightvessel.gateway.tail;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.tail.TelemetryRecord.Field;
import java.util.ArrayList;
import java.util.List;

/** A record in the making. */
final class Draft {
    long time;
    String title = "";
    int severityNumber;
    String severityText = "";
    final List<Field> fields = new ArrayList<>();
    final List<Field> attributes = new ArrayList<>();

    /** Adds a field that says something. */
    void field(String name, String value) {
        if (!value.isEmpty()) {
            fields.add(new Field(name, value));
        }
    }

    TelemetryRecord finish(Signal signal, List<Field> resource, String scope) {
        return new TelemetryRecord(
                signal, time, title, severityNumber, severityText, fields, attributes, resource, scope);
    }
}

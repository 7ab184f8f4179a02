package io.lightvessel.agent.debug;

import io.lightvessel.gateway.tail.TelemetryRecord;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes a record; what it has several of as pairs, since names may come twice. */
final class RecordJson {
    private RecordJson() {}

    static void write(JsonGenerator json, TelemetryRecord record) {
        json.writeStartObject();
        json.writeStringProperty("signal", record.signal().label());
        if (record.timeUnixNano() > 0) {
            json.writeStringProperty(
                    "time", Instant.ofEpochSecond(0, record.timeUnixNano()).toString());
        }
        json.writeStringProperty("title", record.title());
        json.writeNumberProperty("severityNumber", record.severityNumber());
        json.writeStringProperty("severityText", record.severityText());
        json.writeStringProperty("scope", record.scope());
        pairs(json, "fields", record.fields());
        pairs(json, "attributes", record.attributes());
        pairs(json, "resource", record.resource());
        json.writeEndObject();
    }

    private static void pairs(JsonGenerator json, String name, List<TelemetryRecord.Field> fields) {
        json.writeName(name);
        json.writeStartArray();
        for (TelemetryRecord.Field field : fields) {
            json.writeStartArray();
            json.writeString(field.name());
            json.writeString(field.value());
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}

package io.lightvessel.gateway.otlp.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one OTLP message by their JSON names. */
final class MessageTable {
    private final String name;
    private final Map<String, Field> fields = new HashMap<>();

    MessageTable(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    @Nullable
    Field field(String jsonName) {
        return fields.get(jsonName);
    }

    /** The JSON name of a field by its number; null when the table does not know it. */
    @Nullable
    String jsonName(int number) {
        for (Map.Entry<String, Field> entry : fields.entrySet()) {
            if (entry.getValue().number() == number) {
                return entry.getKey();
            }
        }
        return null;
    }

    Map<String, Field> fields() {
        return fields;
    }

    MessageTable one(int number, String jsonName, Kind kind) {
        fields.put(jsonName, new Field(number, kind, false, null));
        return this;
    }

    MessageTable many(int number, String jsonName, Kind kind) {
        fields.put(jsonName, new Field(number, kind, true, null));
        return this;
    }

    MessageTable one(int number, String jsonName, MessageTable message) {
        fields.put(jsonName, new Field(number, Kind.MESSAGE, false, message));
        return this;
    }

    MessageTable many(int number, String jsonName, MessageTable message) {
        fields.put(jsonName, new Field(number, Kind.MESSAGE, true, message));
        return this;
    }

    /** One field of a message: repeated numbers are packed on the wire, as proto3 has it. */
    record Field(
            int number,
            Kind kind,
            boolean repeated,
            @Nullable MessageTable message) {}
}

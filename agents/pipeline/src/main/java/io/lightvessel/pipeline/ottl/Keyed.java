package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Key;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import io.lightvessel.pipeline.rewrite.Message;
import java.util.List;

/** An attribute, or what lies deeper in its maps and lists. */
final class Keyed implements Place {

    private final MapField map;
    private final AttributeKey key;
    private final Nested nested;

    Keyed(MapField map, List<Key> keys) {
        this.map = map;
        this.key = new AttributeKey(((Key.Name) keys.getFirst()).name());
        this.nested = new Nested(keys.subList(1, keys.size()));
    }

    @Override
    public void get(Telemetry telemetry, Value out) throws StatementFailure, MalformedPayload {
        Message message = map.message(telemetry);
        int attribute = message.find(key);
        if (attribute < 0) {
            out.setNil();
            return;
        }
        out.read(message.valueArray(attribute), message.valueFrom(attribute), message.valueTo(attribute));
        nested.descend(out);
    }

    @Override
    public void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload {
        Message message = map.message(telemetry);
        if (nested.isEmpty()) {
            Maps.put(message, key, value);
            return;
        }
        Value whole = new Value();
        int attribute = message.find(key);
        if (attribute >= 0) {
            whole.read(message.valueArray(attribute), message.valueFrom(attribute), message.valueTo(attribute));
        }
        nested.replace(whole, value);
        Maps.put(message, key, whole);
    }
}

package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Key;
import io.lightvessel.pipeline.MalformedPayload;
import java.util.List;

/** What lies in a body that is a map or a list. */
final class KeyedBody implements Place {

    private final BodyField body;
    private final Nested nested;

    KeyedBody(BodyField body, List<Key> keys) {
        this.body = body;
        this.nested = new Nested(keys);
    }

    private void read(Telemetry telemetry, Value out) throws StatementFailure, MalformedPayload {
        body.get(telemetry, out);
        if (out.kind() != Value.Kind.MAP && out.kind() != Value.Kind.LIST) {
            throw new StatementFailure("a body that is " + out.kind().phrase(), "a map or a list");
        }
    }

    @Override
    public void get(Telemetry telemetry, Value out) throws StatementFailure, MalformedPayload {
        read(telemetry, out);
        nested.descend(out);
    }

    @Override
    public void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload {
        Value whole = new Value();
        read(telemetry, whole);
        nested.replace(whole, value);
        body.set(telemetry, whole);
    }
}

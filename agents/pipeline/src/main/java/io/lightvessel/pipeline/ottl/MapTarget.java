package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.Message;

/** Runs an edit on a map: on attributes where they are, on what lies deeper in a copy that is put back. */
final class MapTarget implements Edit {

    private final Place place;
    private final MapEdit edit;
    private final Message nested = new Message();
    private final Value value = new Value();

    MapTarget(Place place, MapEdit edit) {
        this.place = place;
        this.edit = edit;
    }

    @Override
    public void run(Telemetry telemetry) throws StatementFailure, MalformedPayload {
        if (place instanceof MapField map) {
            edit.apply(telemetry, map.message(telemetry));
            return;
        }
        place.get(telemetry, value);
        value.expect(Value.Kind.MAP);
        edit.apply(telemetry, Maps.show(nested, value));
        if (nested.changed()) {
            Arena content = new Arena();
            nested.writeTo(content);
            value.set(Value.Kind.MAP, content.array(), 0, content.size());
            place.set(telemetry, value);
        }
    }
}

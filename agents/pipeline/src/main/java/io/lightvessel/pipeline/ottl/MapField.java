package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.Message;

/**
 * All attributes of a message, or the cache.
 *
 * @param cache whether it is the cache
 */
record MapField(OttlContext owner, boolean cache) implements Place {

    Message message(Telemetry telemetry) {
        return cache ? telemetry.cache() : telemetry.of(owner);
    }

    @Override
    public void get(Telemetry telemetry, Value out) throws MalformedPayload {
        Maps.read(message(telemetry), out);
    }

    @Override
    public void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload {
        value.expect(Value.Kind.MAP);
        Maps.replace(message(telemetry), value);
    }
}

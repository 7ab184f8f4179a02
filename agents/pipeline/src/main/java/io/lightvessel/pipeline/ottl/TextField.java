package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.lightvessel.pipeline.rewrite.Message;

/** A text field of a message; what is not there is an empty text. */
record TextField(OttlContext owner, int number) implements Place {

    private static final byte[] NOTHING = {};

    @Override
    public void get(Telemetry telemetry, Value out) throws MalformedPayload {
        Message message = telemetry.of(owner);
        int index = message.fieldOfType(number, WireReader.LENGTH_DELIMITED);
        if (index < 0) {
            out.set(Value.Kind.STRING, NOTHING, 0, 0);
        } else {
            out.set(Value.Kind.STRING, message.fieldArray(index), message.fieldFrom(index), message.fieldTo(index));
        }
    }

    @Override
    public void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload {
        value.expect(Value.Kind.STRING);
        telemetry.of(owner).setBytes(number, value.bytes(), value.from(), value.to());
    }
}

package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.ValueText;
import java.util.Arrays;

/**
 * A log record's body.
 *
 * @param asText whether it is seen as text, whatever it is
 */
record BodyField(int number, boolean asText) implements Place {

    @Override
    public void get(Telemetry telemetry, Value out) throws MalformedPayload {
        Message log = telemetry.of(OttlContext.LOG);
        int index = log.message(number);
        if (index < 0) {
            out.setNil();
        } else {
            out.read(log.fieldArray(index), log.fieldFrom(index), log.fieldTo(index));
        }
        if (asText && out.kind() != Value.Kind.STRING) {
            out.setText(index < 0 ? "" : text(log, index));
        }
    }

    private static String text(Message log, int index) throws MalformedPayload {
        AnyValue any = new AnyValue();
        any.read(log.fieldArray(index), log.fieldFrom(index), log.fieldTo(index));
        return ValueText.of(any);
    }

    @Override
    public void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload {
        if (asText) {
            value.expect(Value.Kind.STRING);
        }
        Arena encoded = new Arena();
        value.writeTo(encoded);
        telemetry
                .of(OttlContext.LOG)
                .setBytes(number, Arrays.copyOf(encoded.array(), encoded.size()), 0, encoded.size());
    }
}

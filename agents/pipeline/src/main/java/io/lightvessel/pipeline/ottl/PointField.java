package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.MessageType;

/** The value of a number point, which is either decimal or whole: 0 as the one it is not, nil for other points. */
record PointField(boolean decimal) implements Place {

    private static final int AS_DOUBLE = 4;
    private static final int AS_INT = 6;

    @Override
    public void get(Telemetry telemetry, Value out) throws MalformedPayload {
        Message point = telemetry.of(OttlContext.DATAPOINT);
        if (point.type() != MessageType.NUMBER_POINT) {
            out.setNil();
            return;
        }
        // Of the two alternatives the last one on the wire counts.
        int own = point.field(decimal ? AS_DOUBLE : AS_INT);
        boolean counts = own > point.field(decimal ? AS_INT : AS_DOUBLE);
        long bits = counts ? point.fixed64(decimal ? AS_DOUBLE : AS_INT) : 0;
        if (decimal) {
            out.setDecimal(Double.longBitsToDouble(bits));
        } else {
            out.setWhole(bits);
        }
    }

    @Override
    public void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload {
        value.expect(decimal ? Value.Kind.DOUBLE : Value.Kind.INT);
        Message point = telemetry.of(OttlContext.DATAPOINT);
        if (point.type() == MessageType.NUMBER_POINT) {
            point.clear(decimal ? AS_INT : AS_DOUBLE);
            long bits = decimal ? Double.doubleToRawLongBits(value.decimal()) : value.whole();
            point.setFixed64(decimal ? AS_DOUBLE : AS_INT, bits);
        }
    }
}

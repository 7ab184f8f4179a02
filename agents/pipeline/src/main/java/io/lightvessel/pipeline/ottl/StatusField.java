package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.MessageType;
import java.util.Arrays;

/** Code or message of a span's status. */
final class StatusField implements Place {

    private static final int STATUS = 15;
    private static final byte[] NOTHING = {};

    private final int number;
    private final boolean text;
    private final Message status = new Message();

    StatusField(int number, boolean text) {
        this.number = number;
        this.text = text;
    }

    private void show(Message span) throws MalformedPayload {
        int index = span.message(STATUS);
        if (index < 0) {
            status.show(MessageType.METRIC_DATA, NOTHING, 0, 0);
        } else {
            // Any type without attributes will do.
            status.show(MessageType.METRIC_DATA, span.fieldArray(index), span.fieldFrom(index), span.fieldTo(index));
        }
    }

    @Override
    public void get(Telemetry telemetry, Value out) throws MalformedPayload {
        show(telemetry.of(OttlContext.SPAN));
        if (text) {
            out.setText(status.text(number));
        } else {
            out.setWhole(status.varint(number));
        }
    }

    @Override
    public void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload {
        value.expect(text ? Value.Kind.STRING : Value.Kind.INT);
        long code = text ? 0 : NumberField.small(value.whole());
        Message span = telemetry.of(OttlContext.SPAN);
        show(span);
        if (text) {
            status.setBytes(number, value.bytes(), value.from(), value.to());
        } else {
            status.setVarint(number, code);
        }
        Arena encoded = new Arena();
        status.writeTo(encoded);
        span.setBytes(STATUS, Arrays.copyOf(encoded.array(), encoded.size()), 0, encoded.size());
    }
}

package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.lightvessel.pipeline.rewrite.Message;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A trace's or span's id; what is not there is zeros, as in the Collector.
 *
 * @param asText whether it is seen as hexadecimal digits
 */
record IdField(OttlContext owner, int number, Value.Kind kind, boolean asText) implements Place {

    private static final byte[] ZEROS = new byte[16];

    int size() {
        return kind == Value.Kind.TRACE_ID ? 16 : 8;
    }

    @Override
    public void get(Telemetry telemetry, Value out) throws MalformedPayload {
        Message message = telemetry.of(owner);
        int index = message.fieldOfType(number, WireReader.LENGTH_DELIMITED);
        if (index < 0 || message.fieldTo(index) == message.fieldFrom(index)) {
            out.set(kind, ZEROS, 0, size());
        } else {
            out.set(kind, message.fieldArray(index), message.fieldFrom(index), message.fieldTo(index));
        }
        if (asText) {
            out.setText(HexFormat.of().formatHex(out.bytes(), out.from(), out.to()));
        }
    }

    @Override
    public void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload {
        byte[] id = value.bytes();
        int from = value.from();
        if (asText) {
            value.expect(Value.Kind.STRING);
            id = parsed(value);
            from = 0;
        } else {
            value.expect(kind);
            if (value.length() != size()) {
                // A sender's mistake, which may be passed on but not be copied.
                throw new StatementFailure("an id of " + value.length() + " bytes", size() + " bytes");
            }
        }
        telemetry.of(owner).setBytes(number, id, from, from + size());
    }

    private byte[] parsed(Value value) throws StatementFailure {
        String digits = new String(value.bytes(), value.from(), value.length(), StandardCharsets.US_ASCII);
        if (digits.length() != 2 * size()) {
            throw new StatementFailure(
                    "an id of " + digits.length() + " characters", 2 * size() + " hexadecimal digits");
        }
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new StatementFailure("an id with other characters", 2 * size() + " hexadecimal digits");
        }
    }
}

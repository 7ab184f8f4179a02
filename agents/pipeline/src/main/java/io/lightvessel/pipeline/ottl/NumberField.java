package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Field;
import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.config.ottl.Shape;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.Message;

/** A number of a message; what is not there is 0, and a data point of a type that has no such field has nil. */
final class NumberField implements Place {

    private static final int NONE = 0;

    private final OttlContext owner;
    private final Shape shape;
    private final int[] numbers;

    NumberField(Field field) {
        this.owner = field.owner();
        this.shape = field.shape();
        this.numbers = field.numbers().stream().mapToInt(Integer::intValue).toArray();
    }

    private int number(Message message) {
        if (numbers.length == 1) {
            return numbers[0];
        }
        return switch (message.type()) {
            case NUMBER_POINT -> numbers[0];
            case HISTOGRAM_POINT -> numbers[1];
            case EXPONENTIAL_POINT -> numbers[2];
            case SUMMARY_POINT -> numbers[3];
            case RESOURCE, SCOPE, SPAN, SPAN_EVENT, SPAN_LINK, LOG_RECORD, METRIC, METRIC_DATA -> NONE;
        };
    }

    @Override
    public void get(Telemetry telemetry, Value out) throws MalformedPayload {
        Message message = telemetry.of(owner);
        int number = number(message);
        if (number == NONE) {
            out.setNil();
            return;
        }
        switch (shape) {
            case VARINT -> out.setWhole(message.varint(number));
            case ZIGZAG -> {
                long zigzag = message.varint(number);
                out.setWhole(zigzag >>> 1 ^ -(zigzag & 1));
            }
            case FIXED32 -> out.setWhole(Integer.toUnsignedLong(message.fixed32(number)));
            case FIXED64 -> out.setWhole(message.fixed64(number));
            case DOUBLE -> out.setDecimal(Double.longBitsToDouble(message.fixed64(number)));
            default -> throw new IllegalStateException("shape " + shape);
        }
    }

    @Override
    public void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload {
        Message message = telemetry.of(owner);
        value.expect(shape == Shape.DOUBLE ? Value.Kind.DOUBLE : Value.Kind.INT);
        int number = number(message);
        if (number == NONE) {
            return;
        }
        switch (shape) {
            case VARINT -> message.setVarint(number, small(value.whole()));
            case ZIGZAG -> {
                int whole = signed(value.whole());
                message.setVarint(number, Integer.toUnsignedLong(whole << 1 ^ whole >> 31));
            }
            case FIXED32 -> message.setFixed32(number, (int) small(value.whole()));
            case FIXED64 -> message.setFixed64(number, value.whole());
            case DOUBLE -> message.setFixed64(number, Double.doubleToRawLongBits(value.decimal()));
            default -> throw new IllegalStateException("shape " + shape);
        }
    }

    /** Numbers of 32 bits; cutting off the rest would make other numbers of them. */
    static long small(long number) throws StatementFailure {
        if (number < 0 || number > 0xFFFFFFFFL) {
            throw new StatementFailure(Long.toString(number), "0..4294967295");
        }
        return number;
    }

    private static int signed(long number) throws StatementFailure {
        if (number != (int) number) {
            throw new StatementFailure(Long.toString(number), "-2147483648..2147483647");
        }
        return (int) number;
    }
}

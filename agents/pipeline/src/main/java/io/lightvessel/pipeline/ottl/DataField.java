package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Shape;
import io.lightvessel.pipeline.MalformedPayload;

/** What a metric's data says besides its points; nil for data of a type that has no such field. */
record DataField(Shape shape, int number) implements Place {

    private static final int GAUGE = 5;
    private static final int SUM = 7;
    private static final int HISTOGRAM = 9;
    private static final int EXPONENTIAL_HISTOGRAM = 10;
    private static final int SUMMARY = 11;

    private boolean isThere(int dataField) {
        boolean histogram = dataField == HISTOGRAM || dataField == EXPONENTIAL_HISTOGRAM;
        return dataField == SUM || (histogram && shape == Shape.DATA_VARINT);
    }

    @Override
    public void get(Telemetry telemetry, Value out) throws MalformedPayload {
        if (shape == Shape.METRIC_TYPE) {
            out.setWhole(type(telemetry.dataField()));
        } else if (!isThere(telemetry.dataField())) {
            out.setNil();
        } else if (shape == Shape.DATA_FLAG) {
            out.setFlag(telemetry.data().varint(number) != 0);
        } else {
            out.setWhole(telemetry.data().varint(number));
        }
    }

    /** The numbers of the Collector's enum. */
    private static long type(int dataField) {
        return switch (dataField) {
            case GAUGE -> 1;
            case SUM -> 2;
            case HISTOGRAM -> 3;
            case EXPONENTIAL_HISTOGRAM -> 4;
            case SUMMARY -> 5;
            default -> 0;
        };
    }

    @Override
    public void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload {
        value.expect(shape == Shape.DATA_FLAG ? Value.Kind.BOOL : Value.Kind.INT);
        long whole = NumberField.small(value.whole());
        if (isThere(telemetry.dataField())) {
            telemetry.data().setVarint(number, whole);
        }
    }
}

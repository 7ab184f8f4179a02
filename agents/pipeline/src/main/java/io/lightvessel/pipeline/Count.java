package io.lightvessel.pipeline;

/** An amount of telemetry: records, and the bytes they came in. */
public record Count(long records, long bytes) {

    public static final Count ZERO = new Count(0, 0);

    public Count plus(Count other) {
        return new Count(records + other.records, bytes + other.bytes);
    }

    public Count minus(Count other) {
        return new Count(records - other.records, bytes - other.bytes);
    }

    public boolean isZero() {
        return records == 0 && bytes == 0;
    }
}

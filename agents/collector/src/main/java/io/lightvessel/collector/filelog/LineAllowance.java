package io.lightvessel.collector.filelog;

import org.jspecify.annotations.Nullable;

/** So many lines a second, and so many in one go; counts what was beyond. */
final class LineAllowance {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private double left;
    private long refilled;
    private long droppedLines;
    private long droppedBytes;

    LineAllowance(long perSecond, long burst, long now) {
        this.perSecond = perSecond;
        this.burst = Math.max(perSecond, burst);
        this.left = this.burst;
        this.refilled = now;
    }

    /** Lets through to a sink what an allowance allows; everything if there is none. */
    static LineJoiner.Sink limit(@Nullable LineAllowance allowance, LineJoiner.Sink sink) {
        return allowance == null
                ? sink
                : (time, stream, bytes, from, length) -> {
                    if (allowance.take(length)) {
                        sink.line(time, stream, bytes, from, length);
                    }
                };
    }

    void refill(long now) {
        left = Math.min(burst, left + (now - refilled) / NANOS * perSecond);
        refilled = now;
    }

    /** Whether a line may pass; one that may not is counted. */
    boolean take(int bytes) {
        if (left >= 1) {
            left--;
            return true;
        }
        droppedLines++;
        droppedBytes += bytes;
        return false;
    }

    long droppedLines() {
        return droppedLines;
    }

    long droppedBytes() {
        return droppedBytes;
    }

    /** What was counted has been told. */
    void told() {
        droppedLines = 0;
        droppedBytes = 0;
    }
}

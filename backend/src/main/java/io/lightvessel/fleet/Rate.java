package io.lightvessel.fleet;

/** How much telemetry passes per second. */
public record Rate(double recordsPerSecond, double bytesPerSecond) {
    public static final Rate ZERO = new Rate(0, 0);

    public Rate plus(Rate other) {
        return new Rate(recordsPerSecond + other.recordsPerSecond, bytesPerSecond + other.bytesPerSecond);
    }
}

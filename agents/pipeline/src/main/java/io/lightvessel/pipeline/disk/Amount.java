package io.lightvessel.pipeline.disk;

/**
 * How much a number of entries is.
 *
 * @param requests the entries themselves
 * @param records what they carry
 * @param bytes the size in which they were received
 */
public record Amount(long requests, long records, long bytes) {

    public static final Amount ZERO = new Amount(0, 0, 0);

    public Amount plus(Amount other) {
        return new Amount(requests + other.requests, records + other.records, bytes + other.bytes);
    }

    public Amount minus(Amount other) {
        return new Amount(requests - other.requests, records - other.records, bytes - other.bytes);
    }

    public boolean isZero() {
        return requests == 0 && records == 0 && bytes == 0;
    }
}

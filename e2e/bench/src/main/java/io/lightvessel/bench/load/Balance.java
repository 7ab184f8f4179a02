package io.lightvessel.bench.load;

/**
 * What became of all requests in the end.
 *
 * @param lost acknowledged to the sender and never seen by the sink
 * @param unacknowledged seen by the sink and not acknowledged
 * @param duplicates seen more than once
 */
public record Balance(
        long acknowledged,
        long delivered,
        long lost,
        long unacknowledged,
        long duplicates,
        long refused,
        long failed,
        String lastFailure) {}

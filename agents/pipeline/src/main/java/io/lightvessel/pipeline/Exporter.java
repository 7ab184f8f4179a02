package io.lightvessel.pipeline;

import java.time.Duration;

/**
 * Speaks to a backend. The engine puts the queue, the retries and the ledger in front of it, so it makes exactly one
 * attempt per call and reports how that went.
 */
public interface Exporter {

    /**
     * Sends one payload: takes ownership of one reference, never throws, should not block, and completes the delivery
     * exactly once, on any thread. Called by several threads at once, as many as {@code num_consumers} says.
     */
    void export(Payload payload, Delivery delivery);

    /** Host and port, or the URL without user info and query, for reports. */
    String endpoint();

    /** Ends attempts under way within {@code grace} and closes connections. May block. */
    void stop(Duration grace);
}

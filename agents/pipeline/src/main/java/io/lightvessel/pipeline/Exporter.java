package io.lightvessel.pipeline;

import java.time.Duration;
import java.util.Set;

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

    /**
     * True when {@link #export} only hands the bytes on, so that it may be called on an event loop: the way over another
     * thread costs more than that.
     */
    default boolean isPrompt() {
        return false;
    }

    /** The forms it takes; the engine converts others to OTLP before they come here. */
    default Set<PayloadForm> forms() {
        return PayloadForm.OTLP_ONLY;
    }

    /** Host and port, or the URL without user info and query, for reports. */
    String endpoint();

    /** Ends attempts under way within {@code grace} and closes connections. May block. */
    void stop(Duration grace);
}

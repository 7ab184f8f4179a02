package io.lightvessel.pipeline;

import java.time.Duration;
import java.util.Set;

/**
 * One step of one pipeline. It passes payloads on to its context's {@code next}, and for everything it does not pass
 * on it tells its context; what it takes apart or merges keeps its {@link Payload#receivedBytes} in sum.
 */
public interface Processor extends Consumer {

    /** The forms it takes; the engine converts others to OTLP before they come here. */
    default Set<PayloadForm> forms() {
        return PayloadForm.OTLP_ONLY;
    }

    /** What it holds now, having neither passed it on nor dropped it. */
    default Count held() {
        return Count.ZERO;
    }

    /**
     * Passes on what it holds and from then on holds nothing back: payloads that still arrive go straight through. May
     * block.
     */
    default void stop(Duration grace) {
        // Most processors hold nothing.
    }
}

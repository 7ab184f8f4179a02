package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.Payload;
import java.util.BitSet;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * How far payloads that are being retried had come: which of the requests that one came to are done, so that only the
 * others are sent again. Kept as long as the payload lives.
 */
public final class Progress {

    /** Of one payload. Guarded by itself. */
    public static final class State {
        final BitSet done = new BitSet();
        long rejected;
        String complaint = "";
    }

    private final Map<Payload, State> states = new WeakHashMap<>();

    /** The state of a payload, fresh when nothing is known. */
    public synchronized State of(Payload payload) {
        State known = states.get(payload);
        return known == null ? new State() : known;
    }

    synchronized void keep(Payload payload, State state) {
        states.put(payload, state);
    }

    /** Forgets a payload that is done or has to begin anew. */
    public synchronized void forget(Payload payload) {
        states.remove(payload);
    }
}

package io.lightvessel.pipeline;

import java.time.Duration;
import java.time.Instant;

/** Time as components see it: real in the agent, moved by hand in tests. */
public interface Timer {

    /** Runs a short task that does not block, once, on a thread of the engine. */
    Task schedule(Duration delay, Runnable task);

    /** For measuring spans of time; unaffected by clock changes. */
    long nanoTime();

    Instant now();

    /** A task that is waiting for its time. */
    interface Task {

        void cancel();
    }
}

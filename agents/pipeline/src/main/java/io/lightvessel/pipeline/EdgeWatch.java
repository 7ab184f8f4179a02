package io.lightvessel.pipeline;

/** A watcher's stay at an edge; it outlasts reloads that keep the edge. */
@FunctionalInterface
public interface EdgeWatch extends AutoCloseable {

    /** Ends the stay; a call that is under way may still come to its end. */
    @Override
    void close();
}

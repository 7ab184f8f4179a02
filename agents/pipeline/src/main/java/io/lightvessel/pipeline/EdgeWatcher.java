package io.lightvessel.pipeline;

/** Sees the payloads that are offered on an edge, also those that are then refused. */
@FunctionalInterface
public interface EdgeWatcher {

    /**
     * Gets OTLP, whatever form the payload has on its way. Called on the thread that carries the payload, so it returns at once and never blocks. The payload stays the
     * caller's; who wants to read it later retains it, and with it its share of the byte budget, for as short as can be.
     */
    void offered(Payload payload);
}

package io.lightvessel.pipeline;

import io.lightvessel.config.Signal;

/** What a receiver gets from the engine. */
public interface ReceiverContext extends ComponentContext {

    /**
     * Where to hand telemetry of a signal that arrived over a transport ({@code grpc}, {@code http}, {@code file}).
     * Stays valid through reloads, which change what is behind it.
     */
    Outlet outlet(Signal signal, String transport);

    /** To be asked before a body is read. */
    ByteBudget budget();
}

package io.lightvessel.gateway.server;

import io.lightvessel.pipeline.Receiver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A receiver that is nothing but its listeners and the services behind them. */
final class NetworkReceiver implements Receiver {
    private final Map<String, Listener> listeners;

    NetworkReceiver(Map<String, Listener> listeners) {
        this.listeners = new LinkedHashMap<>(listeners);
    }

    /** The listener a successor may go on with, if this receiver has one there. */
    @Nullable
    Listener listener(Endpoint endpoint) {
        Listener listener = listeners.get(endpoint.label());
        return listener != null && endpoint.canGoOnWith(listener) ? listener : null;
    }

    @Override
    public Map<String, String> endpoints() {
        Map<String, String> endpoints = new LinkedHashMap<>();
        listeners.forEach((label, listener) -> endpoints.put(label, listener.address()));
        return endpoints;
    }

    @Override
    public void stop(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        for (Listener listener : listeners.values()) {
            listener.release(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }
}

package io.lightvessel.gateway.otlp;

import io.lightvessel.pipeline.Receiver;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Receives OTLP over gRPC and HTTP. */
final class OtlpReceiver implements Receiver {
    private final Map<Protocol, Listener> listeners;

    OtlpReceiver(Map<Protocol, Listener> listeners) {
        this.listeners = new EnumMap<>(listeners);
    }

    /** The listener a successor may go on with, if this receiver has one there. */
    @Nullable
    Listener listener(Protocol protocol, String endpoint) {
        Listener listener = listeners.get(protocol);
        return listener != null && listener.endpoint().equals(endpoint) ? listener : null;
    }

    @Override
    public Map<String, String> endpoints() {
        Map<String, String> endpoints = new LinkedHashMap<>();
        listeners.forEach((protocol, listener) -> endpoints.put(protocol.label(), listener.address()));
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

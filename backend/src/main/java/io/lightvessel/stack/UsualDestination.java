package io.lightvessel.stack;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The destination that bears a signal's name, which most stacks have one of for each signal. */
public final class UsualDestination {
    private UsualDestination() {}

    /** Its address; nothing when there is none, or one that has no single address. */
    public static @Nullable String endpoint(Backends backends, Signal signal) {
        return switch (backends.destinations().get(signal.pipeline())) {
            case Destination.Prometheus to -> to.endpoint();
            case Destination.Mimir to -> to.endpoint();
            case Destination.Loki to -> to.endpoint();
            case Destination.Tempo to -> to.endpoint();
            case Destination.Pyroscope to -> to.endpoint();
            case Destination.Otlp to -> to.endpoint();
            case Destination.Elasticsearch to -> to.endpoint();
            case Destination.Datadog _, Destination.Kafka _ -> null;
            case null -> null;
        };
    }

    public static boolean isInsecure(Backends backends, Signal signal) {
        return switch (backends.destinations().get(signal.pipeline())) {
            case Destination.Tempo to -> to.insecure();
            case Destination.Otlp to -> to.insecure();
            case null, default -> false;
        };
    }

    /** The same kind at another address with all else kept, or the kind that is usual for the signal. */
    public static Backends at(Backends backends, Signal signal, String endpoint, boolean insecure) {
        String name = signal.pipeline();
        Destination moved = switch (backends.destinations().get(name)) {
            case Destination.Prometheus to -> new Destination.Prometheus(endpoint, to.headers());
            case Destination.Mimir to -> new Destination.Mimir(endpoint, to.tenant(), to.headers());
            case Destination.Loki to -> new Destination.Loki(endpoint, to.tenant(), to.headers());
            case Destination.Tempo to -> new Destination.Tempo(endpoint, insecure, to.tenant(), to.headers());
            case Destination.Pyroscope to -> new Destination.Pyroscope(endpoint, to.tenant(), to.headers());
            case Destination.Otlp to ->
                new Destination.Otlp(to.protocol(), endpoint, insecure, to.signals(), to.headers());
            case Destination.Elasticsearch to -> new Destination.Elasticsearch(endpoint, to.apiKey(), to.signals());
            case Destination.Datadog to -> to;
            case Destination.Kafka to -> to;
            case null -> usual(signal, endpoint, insecure);
        };
        return backends.withDestination(name, moved);
    }

    private static Destination usual(Signal signal, String endpoint, boolean insecure) {
        return switch (signal) {
            case METRICS -> new Destination.Prometheus(endpoint, Map.of());
            case TRACES -> new Destination.Tempo(endpoint, insecure, null, Map.of());
            case LOGS -> new Destination.Loki(endpoint, null, Map.of());
            case PROFILES -> new Destination.Pyroscope(endpoint, null, Map.of());
        };
    }
}

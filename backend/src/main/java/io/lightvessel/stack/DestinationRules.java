package io.lightvessel.stack;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What destinations must fulfil beyond their form. */
final class DestinationRules {
    private static final Pattern HTTP_URL = Pattern.compile(Expected.HTTP_URL);
    private static final Pattern HOST_PORT = Pattern.compile(Expected.HOST_PORT);

    private DestinationRules() {}

    static void check(Backends backends, Findings found) {
        if (backends.destinations().isEmpty()) {
            found.error("/backends", "nothing (expected: at least one destination)");
        }
        backends.destinations().forEach((name, destination) -> {
            String pointer = "/backends/destinations/" + name;
            switch (destination) {
                case Destination.Otlp otlp -> otlp(otlp, pointer, found);
                case Destination.Mimir to -> tenant(to.tenant() != null, to.headers(), pointer, found);
                case Destination.Loki to -> tenant(to.tenant() != null, to.headers(), pointer, found);
                case Destination.Tempo to -> tenant(to.tenant() != null, to.headers(), pointer, found);
                case Destination.Pyroscope to -> tenant(to.tenant() != null, to.headers(), pointer, found);
                case Destination.Datadog to -> noProfiles(to.signals(), pointer, found);
                case Destination.Elasticsearch to -> noProfiles(to.signals(), pointer, found);
                case Destination.Kafka to -> noProfiles(to.signals(), pointer, found);
                case Destination.Prometheus _ -> {}
            }
        });
    }

    private static void otlp(Destination.Otlp otlp, String pointer, Findings found) {
        switch (otlp.protocol()) {
            case GRPC -> {
                if (!HOST_PORT.matcher(otlp.endpoint()).matches()) {
                    found.error(pointer + "/endpoint", "%s (expected: host:port, for GRPC)".formatted(otlp.endpoint()));
                }
            }
            case HTTP -> {
                if (!HTTP_URL.matcher(otlp.endpoint()).matches()) {
                    found.error(
                            pointer + "/endpoint",
                            "%s (expected: a URL beginning with http:// or https://, for HTTP)"
                                    .formatted(otlp.endpoint()));
                }
                if (otlp.insecure()) {
                    found.error(pointer + "/insecure", "true (expected: false for HTTP, where the URL says it)");
                }
            }
        }
    }

    private static void tenant(boolean set, Map<String, String> headers, String pointer, Findings found) {
        if (set && headers.keySet().stream().anyMatch(Destination.TENANT_HEADER::equalsIgnoreCase)) {
            found.error(
                    pointer + "/tenant",
                    "set, and the header %s too (expected: one of them)".formatted(Destination.TENANT_HEADER));
        }
    }

    private static void noProfiles(List<Signal> signals, String pointer, Findings found) {
        if (signals.contains(Signal.PROFILES)) {
            found.error(pointer + "/signals", "PROFILES (expected: TRACES, METRICS and LOGS, all it takes)");
        }
    }
}

package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The systems telemetry is sent to, and the Grafana that shows it; a signal that no destination takes is neither received nor fetched. */
public record Backends(
        @Doc("Destinations by name; a signal goes to each that takes it.")
        @NotNull(message = Expected.OBJECT)
        @Size(max = 16, message = "expected: at most 16 destinations")
        Map<
                        @Pattern(regexp = "[a-z]([-a-z0-9]{0,38}[a-z0-9])?", message = NAME_EXPECTED) String,
                        @NotNull(message = Expected.OBJECT) @Valid Destination>
                destinations,

        @Doc("Where people look at it.") @NotNull(message = Expected.OBJECT) @Valid
        Grafana grafana) {
    private static final String NAME_EXPECTED = "expected: a name of 1 to 40 lower-case letters, digits and hyphens";

    public Backends {
        destinations = Expected.sorted(destinations);
    }

    /** The usual four, named after their signals. */
    public Backends(
            @Nullable Http metrics,
            @Nullable Grpc traces,
            @Nullable Http logs,
            @Nullable Http profiles,
            Grafana grafana) {
        this(usual(metrics, traces, logs, profiles), grafana);
    }

    static Backends none() {
        return new Backends(Map.of(), new Grafana(null, "prometheus", "loki", "tempo"));
    }

    private static Map<String, Destination> usual(
            @Nullable Http metrics, @Nullable Grpc traces, @Nullable Http logs, @Nullable Http profiles) {
        Map<String, Destination> named = new TreeMap<>();
        if (metrics != null) {
            named.put("metrics", new Destination.Prometheus(metrics.endpoint(), metrics.headers()));
        }
        if (traces != null) {
            named.put("traces", new Destination.Tempo(traces.endpoint(), traces.insecure(), null, traces.headers()));
        }
        if (logs != null) {
            named.put("logs", new Destination.Loki(logs.endpoint(), null, logs.headers()));
        }
        if (profiles != null) {
            named.put("profiles", new Destination.Pyroscope(profiles.endpoint(), null, profiles.headers()));
        }
        return named;
    }

    /** Names of the destinations that take a signal: the one named after it first, then by name. */
    public List<String> taking(Signal signal) {
        List<String> names = new ArrayList<>();
        destinations.forEach((name, destination) -> {
            if (destination.takes(signal)) {
                names.add(name.equals(signal.pipeline()) ? 0 : names.size(), name);
            }
        });
        return List.copyOf(names);
    }

    public boolean takes(Signal signal) {
        return destinations.values().stream().anyMatch(destination -> destination.takes(signal));
    }

    /** The first destination that metrics reach by remote write. */
    public @Nullable Http metrics() {
        for (String name : taking(Signal.METRICS)) {
            switch (destinations.get(name)) {
                case Destination.Prometheus to -> {
                    return new Http(to.endpoint(), to.headers());
                }
                case Destination.Mimir to -> {
                    return new Http(to.endpoint(), to.allHeaders());
                }
                case null, default -> {}
            }
        }
        return null;
    }

    /** The first destination that traces reach by OTLP over gRPC. */
    public @Nullable Grpc traces() {
        for (String name : taking(Signal.TRACES)) {
            switch (destinations.get(name)) {
                case Destination.Tempo to -> {
                    return new Grpc(to.endpoint(), to.insecure(), to.allHeaders());
                }
                case Destination.Otlp to
                when to.protocol() == Destination.Otlp.Protocol.GRPC -> {
                    return new Grpc(to.endpoint(), to.insecure(), to.headers());
                }
                case null, default -> {}
            }
        }
        return null;
    }

    /** The first destination that logs reach by OTLP over HTTP. */
    public @Nullable Http logs() {
        for (String name : taking(Signal.LOGS)) {
            switch (destinations.get(name)) {
                case Destination.Loki to -> {
                    return new Http(to.endpoint(), to.allHeaders());
                }
                case Destination.Otlp to
                when to.protocol() == Destination.Otlp.Protocol.HTTP -> {
                    return new Http(to.endpoint(), to.headers());
                }
                case null, default -> {}
            }
        }
        return null;
    }

    /** The first destination that profiles reach by Pyroscope's push API. */
    public @Nullable Http profiles() {
        for (String name : taking(Signal.PROFILES)) {
            if (destinations.get(name) instanceof Destination.Pyroscope to) {
                return new Http(to.endpoint(), to.allHeaders());
            }
        }
        return null;
    }

    public Backends withDestinations(Map<String, Destination> changed) {
        return new Backends(changed, grafana);
    }

    public Backends withDestination(String name, @Nullable Destination changed) {
        Map<String, Destination> all = new TreeMap<>(destinations);
        if (changed == null) {
            all.remove(name);
        } else {
            all.put(name, changed);
        }
        return withDestinations(all);
    }

    public Backends withGrafana(Grafana changed) {
        return new Backends(destinations, changed);
    }

    /** A system spoken to over HTTP. */
    public record Http(String endpoint, Map<String, String> headers) {
        public Http {
            headers = Expected.sorted(headers);
        }

        public Http(String endpoint) {
            this(endpoint, Map.of());
        }
    }

    /** A system spoken to over gRPC. */
    public record Grpc(String endpoint, boolean insecure, Map<String, String> headers) {
        public Grpc {
            headers = Expected.sorted(headers);
        }

        public Grpc(String endpoint, boolean insecure) {
            this(endpoint, insecure, Map.of());
        }
    }

    /** The Grafana that links lead to, and its names for the data sources. */
    public record Grafana(
            @Doc("Its address; without one there are no links.")
            @Pattern(regexp = Expected.HTTP_URL, message = Expected.HTTP_URL_EXPECTED)
            @Nullable
            String url,

            @Doc("uid of the Prometheus data source.") @Pattern(regexp = UID, message = UID_EXPECTED)
            String metricsDatasourceUid,

            @Doc("uid of the Loki data source.") @Pattern(regexp = UID, message = UID_EXPECTED)
            String logsDatasourceUid,

            @Doc("uid of the Tempo data source.") @Pattern(regexp = UID, message = UID_EXPECTED)
            String tracesDatasourceUid,

            @Doc("uid of the Pyroscope data source.") @Pattern(regexp = UID, message = UID_EXPECTED)
            String profilesDatasourceUid) {

        private static final String UID = "[A-Za-z0-9_-]{1,40}";
        private static final String UID_EXPECTED = "expected: 1 to 40 letters, digits, hyphens and underscores";

        public Grafana(
                @Nullable String url,
                String metricsDatasourceUid,
                String logsDatasourceUid,
                String tracesDatasourceUid) {
            this(url, metricsDatasourceUid, logsDatasourceUid, tracesDatasourceUid, "pyroscope");
        }

        public Grafana withUrl(@Nullable String changed) {
            return new Grafana(
                    changed, metricsDatasourceUid, logsDatasourceUid, tracesDatasourceUid, profilesDatasourceUid);
        }
    }
}

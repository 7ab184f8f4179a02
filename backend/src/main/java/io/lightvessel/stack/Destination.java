package io.lightvessel.stack;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.lightvessel.platform.FieldErrors;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A system that telemetry is sent to; it gets the signals it takes, and a signal goes to every destination that takes it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Destination.Prometheus.class, name = "PROMETHEUS"),
    @JsonSubTypes.Type(value = Destination.Mimir.class, name = "MIMIR"),
    @JsonSubTypes.Type(value = Destination.Loki.class, name = "LOKI"),
    @JsonSubTypes.Type(value = Destination.Tempo.class, name = "TEMPO"),
    @JsonSubTypes.Type(value = Destination.Pyroscope.class, name = "PYROSCOPE"),
    @JsonSubTypes.Type(value = Destination.Otlp.class, name = "OTLP"),
    @JsonSubTypes.Type(value = Destination.Datadog.class, name = "DATADOG"),
    @JsonSubTypes.Type(value = Destination.Elasticsearch.class, name = "ELASTICSEARCH"),
    @JsonSubTypes.Type(value = Destination.Kafka.class, name = "KAFKA")
})
public sealed interface Destination {
    /** The header by which Mimir, Loki, Tempo and Pyroscope tell tenants apart. */
    String TENANT_HEADER = "X-Scope-OrgID";

    String MOST_HEADERS = "expected: at most 16 headers";
    String TENANT = "[A-Za-z0-9!._*'()|-]{1,150}|\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}";
    String TENANT_EXPECTED = "expected: a tenant id of 1 to 150 characters, or \\$\\{env:NAME\\}";
    String SIGNALS_EXPECTED = "expected: at least one signal";

    /** What is sent there. */
    List<Signal> signals();

    default boolean takes(Signal signal) {
        return signals().contains(signal);
    }

    /** The tenant's header before the others; empty when there are none. */
    private static Map<String, String> withTenant(@Nullable String tenant, Map<String, String> headers) {
        if (tenant == null) {
            return headers;
        }
        Map<String, String> all = new TreeMap<>(headers);
        all.put(TENANT_HEADER, tenant);
        return all;
    }

    private static List<Signal> distinct(@Nullable List<Signal> signals, List<Signal> otherwise) {
        return signals == null
                ? otherwise
                : signals.stream().distinct().sorted().toList();
    }

    /** Prometheus, or anything else that takes remote write. */
    record Prometheus(
            @Doc("The whole write URL.") @HttpUrl String endpoint,

            @Doc("Request headers; values are references to environment variables of the agents, never secrets.")
            @Size(max = 16, message = MOST_HEADERS)
            Map<
                            @HeaderName String,
                            @NotNull(message = Expected.SECRET_REFERENCE_EXPECTED)
                            @Pattern(
                                    regexp = Expected.SECRET_REFERENCE,
                                    message = Expected.SECRET_REFERENCE_EXPECTED,
                                    payload = FieldErrors.Unshown.class)
                            String>
                    headers)
            implements Destination {
        public Prometheus {
            headers = Expected.sorted(headers);
        }

        @Override
        public List<Signal> signals() {
            return List.of(Signal.METRICS);
        }
    }

    /** Mimir, spoken to by remote write on behalf of a tenant. */
    record Mimir(
            @Doc("The whole push URL.") @HttpUrl String endpoint,

            @Doc("Tenant, sent as X-Scope-OrgID.") @Pattern(regexp = TENANT, message = TENANT_EXPECTED) @Nullable
            String tenant,

            @Doc("Request headers; values are references to environment variables of the agents, never secrets.")
            @Size(max = 16, message = MOST_HEADERS)
            Map<
                            @HeaderName String,
                            @NotNull(message = Expected.SECRET_REFERENCE_EXPECTED)
                            @Pattern(
                                    regexp = Expected.SECRET_REFERENCE,
                                    message = Expected.SECRET_REFERENCE_EXPECTED,
                                    payload = FieldErrors.Unshown.class)
                            String>
                    headers)
            implements Destination {
        public Mimir {
            headers = Expected.sorted(headers);
        }

        @Override
        public List<Signal> signals() {
            return List.of(Signal.METRICS);
        }

        public Map<String, String> allHeaders() {
            return withTenant(tenant, headers);
        }
    }

    /** Loki, by its OTLP endpoint. */
    record Loki(
            @Doc("The base before /v1/logs, http://loki:3100/otlp for one.") @HttpUrl
            String endpoint,

            @Doc("Tenant, sent as X-Scope-OrgID.") @Pattern(regexp = TENANT, message = TENANT_EXPECTED) @Nullable
            String tenant,

            @Doc("Request headers; values are references to environment variables of the agents, never secrets.")
            @Size(max = 16, message = MOST_HEADERS)
            Map<
                            @HeaderName String,
                            @NotNull(message = Expected.SECRET_REFERENCE_EXPECTED)
                            @Pattern(
                                    regexp = Expected.SECRET_REFERENCE,
                                    message = Expected.SECRET_REFERENCE_EXPECTED,
                                    payload = FieldErrors.Unshown.class)
                            String>
                    headers)
            implements Destination {
        public Loki {
            headers = Expected.sorted(headers);
        }

        @Override
        public List<Signal> signals() {
            return List.of(Signal.LOGS);
        }

        public Map<String, String> allHeaders() {
            return withTenant(tenant, headers);
        }
    }

    /** Tempo, by OTLP over gRPC. */
    record Tempo(
            @Doc("Address as host:port.") @HostPort String endpoint,
            @Doc("Whether to connect without TLS.") boolean insecure,

            @Doc("Tenant, sent as X-Scope-OrgID.") @Pattern(regexp = TENANT, message = TENANT_EXPECTED) @Nullable
            String tenant,

            @Doc("Request metadata; values are references to environment variables of the agents, never secrets.")
            @Size(max = 16, message = MOST_HEADERS)
            Map<
                            @HeaderName String,
                            @NotNull(message = Expected.SECRET_REFERENCE_EXPECTED)
                            @Pattern(
                                    regexp = Expected.SECRET_REFERENCE,
                                    message = Expected.SECRET_REFERENCE_EXPECTED,
                                    payload = FieldErrors.Unshown.class)
                            String>
                    headers)
            implements Destination {
        public Tempo {
            headers = Expected.sorted(headers);
        }

        @Override
        public List<Signal> signals() {
            return List.of(Signal.TRACES);
        }

        public Map<String, String> allHeaders() {
            return withTenant(tenant, headers);
        }
    }

    /** Pyroscope, by its push API. */
    record Pyroscope(
            @Doc("The base before /push.v1, http://pyroscope:4040 for one.") @HttpUrl
            String endpoint,

            @Doc("Tenant, sent as X-Scope-OrgID.") @Pattern(regexp = TENANT, message = TENANT_EXPECTED) @Nullable
            String tenant,

            @Doc("Request headers; values are references to environment variables of the agents, never secrets.")
            @Size(max = 16, message = MOST_HEADERS)
            Map<
                            @HeaderName String,
                            @NotNull(message = Expected.SECRET_REFERENCE_EXPECTED)
                            @Pattern(
                                    regexp = Expected.SECRET_REFERENCE,
                                    message = Expected.SECRET_REFERENCE_EXPECTED,
                                    payload = FieldErrors.Unshown.class)
                            String>
                    headers)
            implements Destination {
        public Pyroscope {
            headers = Expected.sorted(headers);
        }

        @Override
        public List<Signal> signals() {
            return List.of(Signal.PROFILES);
        }

        public Map<String, String> allHeaders() {
            return withTenant(tenant, headers);
        }
    }

    /** Anything that speaks OTLP. */
    record Otlp(
            @Doc("How it is spoken to.") Protocol protocol,

            @Doc("host:port for GRPC, the base before /v1/traces and the like for HTTP.")
            @NotNull(message = "expected: an address")
            @Size(min = 1, max = 2000, message = "expected: an address")
            String endpoint,

            @Doc("Whether to connect without TLS, for GRPC.")
            boolean insecure,

            @Doc("What is sent there; traces, metrics and logs unless written.")
            @Size(min = 1, message = SIGNALS_EXPECTED)
            List<@NotNull(message = SIGNALS_EXPECTED) Signal> signals,

            @Doc("Request headers; values are references to environment variables of the agents, never secrets.")
            @Size(max = 16, message = MOST_HEADERS)
            Map<
                            @HeaderName String,
                            @NotNull(message = Expected.SECRET_REFERENCE_EXPECTED)
                            @Pattern(
                                    regexp = Expected.SECRET_REFERENCE,
                                    message = Expected.SECRET_REFERENCE_EXPECTED,
                                    payload = FieldErrors.Unshown.class)
                            String>
                    headers)
            implements Destination {
        public Otlp {
            protocol = protocol == null ? Protocol.GRPC : protocol;
            signals = distinct(signals, List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS));
            headers = Expected.sorted(headers);
        }

        /** What OTLP is carried by. */
        public enum Protocol {
            GRPC,
            HTTP
        }
    }

    /** Datadog's intake. */
    record Datadog(
            @Doc("Site, datadoghq.eu for one.")
            @NotNull(message = SITE_EXPECTED)
            @Pattern(regexp = "[a-z0-9][a-z0-9.-]{3,100}", message = SITE_EXPECTED)
            String site,

            @Doc("Reference to the environment variable with the API key.")
            @NotNull(message = Expected.SECRET_REFERENCE_EXPECTED)
            @Pattern(
                    regexp = Expected.SECRET_REFERENCE,
                    message = Expected.SECRET_REFERENCE_EXPECTED,
                    payload = FieldErrors.Unshown.class)
            String apiKey,

            @Doc("What is sent there; traces, metrics and logs unless written.")
            @Size(min = 1, message = SIGNALS_EXPECTED)
            List<@NotNull(message = SIGNALS_EXPECTED) Signal> signals)
            implements Destination {
        private static final String SITE_EXPECTED = "expected: a Datadog site such as datadoghq.eu";

        public Datadog {
            signals = distinct(signals, List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS));
        }
    }

    /** Elasticsearch's bulk API. */
    record Elasticsearch(
            @Doc("Address of the cluster.") @HttpUrl String endpoint,

            @Doc("Reference to the environment variable with the API key.")
            @Pattern(
                    regexp = Expected.SECRET_REFERENCE,
                    message = Expected.SECRET_REFERENCE_EXPECTED,
                    payload = FieldErrors.Unshown.class)
            @Nullable
            String apiKey,

            @Doc("What is sent there; traces, metrics and logs unless written.")
            @Size(min = 1, message = SIGNALS_EXPECTED)
            List<@NotNull(message = SIGNALS_EXPECTED) Signal> signals)
            implements Destination {
        public Elasticsearch {
            signals = distinct(signals, List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS));
        }
    }

    /** Topics of Kafka, one for each signal. */
    record Kafka(
            @Doc("Addresses to begin with, as host:port.")
            @NotEmpty(message = BROKERS)
            @Size(max = 32, message = BROKERS)
            List<@HostPort String> brokers,

            @Doc("Topics are this, a dot and the signal: telemetry.traces for one.")
            @NotNull(message = PREFIX)
            @Pattern(regexp = "[A-Za-z0-9_-]([A-Za-z0-9._-]{0,198}[A-Za-z0-9_-])?", message = PREFIX)
            String topicPrefix,

            @Doc("How records are written.") Encoding encoding,
            @Doc("Whether to connect over TLS.") boolean tls,

            @Doc("What is sent there; traces, metrics and logs unless written.")
            @Size(min = 1, message = SIGNALS_EXPECTED)
            List<@NotNull(message = SIGNALS_EXPECTED) Signal> signals)
            implements Destination {
        private static final String BROKERS = "expected: 1 to 32 brokers";
        private static final String PREFIX = "expected: a prefix of letters, digits and . _ -";

        public Kafka {
            brokers = brokers == null ? List.of() : List.copyOf(brokers);
            topicPrefix = topicPrefix == null ? "telemetry" : topicPrefix;
            encoding = encoding == null ? Encoding.OTLP_PROTO : encoding;
            signals = distinct(signals, List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS));
        }

        public String topic(Signal signal) {
            return topicPrefix + "." + signal.pipeline();
        }

        /** What a Kafka record holds. */
        public enum Encoding {
            OTLP_PROTO,
            OTLP_JSON
        }
    }
}

package io.lightvessel.stack;

import io.lightvessel.platform.FieldErrors;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The systems telemetry is sent to, one per signal, and the Grafana that shows them; a signal without one is neither received nor fetched. */
public record Backends(
        @Doc("Prometheus remote write.") @Valid @Nullable Http metrics,

        @Doc("OTLP over gRPC, Tempo for one.") @Valid @Nullable
        Grpc traces,

        @Doc("OTLP over HTTP, Loki for one.") @Valid @Nullable
        Http logs,

        @Doc("Pyroscope's base URL.") @Valid @Nullable Http profiles,

        @Doc("Where people look at it.") @NotNull(message = Expected.OBJECT) @Valid
        Grafana grafana) {

    static Backends none() {
        return new Backends(null, null, null, null, new Grafana(null, "prometheus", "loki", "tempo"));
    }

    /** A system spoken to over HTTP. */
    public record Http(
            @Doc(
                    "Address: the whole write URL for metrics, the base before /v1/logs for logs and before /push.v1 for profiles.")
            @NotNull(message = Expected.HTTP_URL_EXPECTED)
            @Pattern(regexp = Expected.HTTP_URL, message = Expected.HTTP_URL_EXPECTED)
            String endpoint,

            @Doc("Request headers; values are references to environment variables of the agents, never secrets.")
            @Size(max = 16, message = "expected: at most 16 headers")
            Map<
                            @Pattern(regexp = "[A-Za-z0-9-]{1,64}", message = "expected: a header name") String,
                            @NotNull(message = Expected.SECRET_REFERENCE_EXPECTED)
                            @Pattern(
                                    regexp = Expected.SECRET_REFERENCE,
                                    message = Expected.SECRET_REFERENCE_EXPECTED,
                                    payload = FieldErrors.Unshown.class)
                            String>
                    headers) {

        public Http {
            headers = Expected.sorted(headers);
        }

        public Http(String endpoint) {
            this(endpoint, Map.of());
        }
    }

    /** A system spoken to over gRPC. */
    public record Grpc(
            @Doc("Address as host:port.")
            @NotNull(message = Expected.HOST_PORT_EXPECTED)
            @Pattern(regexp = Expected.HOST_PORT, message = Expected.HOST_PORT_EXPECTED)
            String endpoint,

            @Doc("Whether to connect without TLS.") boolean insecure,

            @Doc("Request metadata; values are references to environment variables of the agents, never secrets.")
            @Size(max = 16, message = "expected: at most 16 headers")
            Map<
                            @Pattern(regexp = "[A-Za-z0-9-]{1,64}", message = "expected: a header name") String,
                            @NotNull(message = Expected.SECRET_REFERENCE_EXPECTED)
                            @Pattern(
                                    regexp = Expected.SECRET_REFERENCE,
                                    message = Expected.SECRET_REFERENCE_EXPECTED,
                                    payload = FieldErrors.Unshown.class)
                            String>
                    headers) {

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
            String tracesDatasourceUid) {

        private static final String UID = "[A-Za-z0-9_-]{1,40}";
        private static final String UID_EXPECTED = "expected: 1 to 40 letters, digits, hyphens and underscores";

        public Grafana withUrl(@Nullable String changed) {
            return new Grafana(changed, metricsDatasourceUid, logsDatasourceUid, tracesDatasourceUid);
        }
    }
}

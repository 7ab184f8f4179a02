package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import io.lightvessel.config.ValueType;
import java.util.EnumSet;
import java.util.List;

/** The keys of the otlp exporter. */
final class OtlpExporter {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXPORTER,
            "otlp",
            Stability.STABLE,
            EnumSet.allOf(Signal.class),
            "Sends OTLP over gRPC.",
            joined(
                    keys(
                            required(key(
                                    "endpoint",
                                    new ValueType.GrpcTarget(),
                                    null,
                                    "Where to send; http:// means without TLS.")),
                            section("tls", SharedKeys.CLIENT_TLS, "TLS towards the backend."),
                            choice(
                                    "balancer_name",
                                    List.of("round_robin", "pick_first"),
                                    "round_robin",
                                    "How requests are spread over the addresses of the endpoint's name."),
                            text(
                                    "authority",
                                    "How requests name the server, host or host:port, instead of the endpoint; also the name"
                                            + " expected in its certificate, unless tls::server_name_override is written."),
                            SharedKeys.HEADERS,
                            SharedKeys.CLIENT_AUTH,
                            SharedKeys.COMPRESSION,
                            SharedKeys.timeout("5s"),
                            SharedKeys.SENDING_QUEUE,
                            SharedKeys.RETRY_ON_FAILURE),
                    SharedKeys.GRPC_CLIENT),
            ExporterRules::check);

    private OtlpExporter() {}
}

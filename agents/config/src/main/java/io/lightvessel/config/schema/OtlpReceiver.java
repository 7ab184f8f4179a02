package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;

/** The keys of the OTLP receiver. */
final class OtlpReceiver {

    private static final ObjectSchema KEEPALIVE = keys(
            section(
                    "server_parameters",
                    keys(
                            duration(
                                    "max_connection_idle",
                                    "0s",
                                    "0s",
                                    "Close connections idle for this long; 0 never."),
                            duration(
                                    "max_connection_age",
                                    "0s",
                                    "0s",
                                    "Close connections this old, so that clients spread over replicas; 0 never."),
                            duration(
                                    "max_connection_age_grace",
                                    "0s",
                                    "0s",
                                    "Time for requests under way when a connection is too old; 0 waits for all."),
                            duration("time", "1s", "2h", "Ping a client not heard of for this long."),
                            duration("timeout", "1ms", "20s", "Close when a ping is not answered in this time.")),
                    "Keepalive and age of connections."),
            section(
                    "enforcement_policy",
                    keys(
                            duration("min_time", "0s", "5m", "Shortest time between a client's pings."),
                            flag("permit_without_stream", false, "Allow pings without a request under way.")),
                    "What clients may do to keep connections alive."));
    static final ObjectSchema GRPC = keys(
            listen("endpoint", "localhost:4317", "Where to listen."),
            whole("max_recv_msg_size_mib", 1, 1024, 64, "Largest request, unpacked, in MiB."),
            whole("max_concurrent_streams", 1, 100_000, 1000, "Requests at a time on one connection."),
            optionalSection("tls", SharedKeys.SERVER_TLS, "TLS of the listener."),
            section("keepalive", KEEPALIVE, "Keepalive and age of connections."));
    static final ObjectSchema HTTP = keys(
            listen("endpoint", "localhost:4318", "Where to listen."),
            whole("max_request_body_size", 1, 1L << 30, 64L << 20, "Largest request, unpacked, in bytes."),
            optionalSection("tls", SharedKeys.SERVER_TLS, "TLS of the listener."));
    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.RECEIVER,
            "otlp",
            Stability.STABLE,
            EnumSet.allOf(Signal.class),
            "Receives OTLP over gRPC and HTTP.",
            keys(required(section(
                    "protocols",
                    keys(
                            optionalSection("grpc", GRPC, "OTLP/gRPC; absent means off."),
                            optionalSection("http", HTTP, "OTLP/HTTP, protobuf and JSON; absent means off.")),
                    "The protocols to speak."))),
            OtlpReceiver::check);

    private OtlpReceiver() {}

    private static void check(Settings settings, RuleReport report) {
        if (!settings.has("protocols")) {
            return;
        }
        Settings protocols = settings.section("protocols");
        if (!protocols.has("grpc") && !protocols.has("http")) {
            report.error("protocols", "no protocol (expected: grpc, http or both)");
        }
    }
}

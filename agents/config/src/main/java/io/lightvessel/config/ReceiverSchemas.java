package io.lightvessel.config;

import static io.lightvessel.config.Keys.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The receivers this version knows. */
final class ReceiverSchemas {

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

    private static final ObjectSchema GRPC = keys(
            listen("endpoint", "localhost:4317", "Where to listen."),
            whole("max_recv_msg_size_mib", 1, 1024, 64, "Largest request, unpacked, in MiB."),
            whole("max_concurrent_streams", 1, 100_000, 1000, "Requests at a time on one connection."),
            optionalSection("tls", SharedKeys.SERVER_TLS, "TLS of the listener."),
            section("keepalive", KEEPALIVE, "Keepalive and age of connections."));

    private static final ObjectSchema HTTP = keys(
            listen("endpoint", "localhost:4318", "Where to listen."),
            whole("max_request_body_size", 1, 1L << 30, 64L << 20, "Largest request, unpacked, in bytes."),
            optionalSection("tls", SharedKeys.SERVER_TLS, "TLS of the listener."));

    private static final ComponentSchema OTLP = new ComponentSchema(
            ComponentKind.RECEIVER,
            "otlp",
            EnumSet.allOf(Signal.class),
            "Receives OTLP over gRPC and HTTP.",
            keys(required(section(
                    "protocols",
                    keys(
                            optionalSection("grpc", GRPC, "OTLP/gRPC; absent means off."),
                            optionalSection("http", HTTP, "OTLP/HTTP, protobuf and JSON; absent means off.")),
                    "The protocols to speak."))));

    private static final ComponentSchema FILELOG = new ComponentSchema(
            ComponentKind.RECEIVER,
            "filelog",
            Set.of(Signal.LOGS),
            "Follows log files, container logs above all.",
            keys(
                    required(texts("include", "Patterns of files to follow; * and ** as in shells.")),
                    texts("exclude", "Patterns of files to leave out."),
                    choice(
                            "start_at",
                            List.of("beginning", "end"),
                            "end",
                            "Where to begin in files that were there before."),
                    flag("include_file_name", true, "Adds the attribute log.file.name."),
                    flag("include_file_path", false, "Adds the attribute log.file.path."),
                    duration("poll_interval", "1ms", "200ms", "How often files are looked at."),
                    whole(
                            "max_log_size",
                            1,
                            64L << 20,
                            1L << 20,
                            "Longest line in bytes; longer ones are cut into several."),
                    whole("max_concurrent_files", 1, 100_000, 1024, "Files followed at a time."),
                    choice("encoding", List.of("utf-8"), "utf-8", "How text is encoded."),
                    ineffective(text("storage", "positions are always kept in the agent's state directory.")),
                    ineffective(section(
                            "retry_on_failure",
                            SharedKeys.retry(true),
                            "lines that pipelines refuse are always sent again, until they are taken.")),
                    sections(
                            "operators",
                            keys(
                                    required(choice(
                                            "type", List.of("container"), "container", "What to do with a line.")),
                                    text("id", "container", "Name of the operator."),
                                    choice(
                                            "format",
                                            List.of("auto", "containerd", "crio", "docker"),
                                            "auto",
                                            "Format of container logs; auto looks at each line."),
                                    flag(
                                            "add_metadata_from_filepath",
                                            true,
                                            "Takes pod, namespace and container from the file's path."),
                                    whole(
                                            "max_log_size",
                                            0,
                                            64L << 20,
                                            0,
                                            "Longest joined line in bytes; 0 has no limit but the receiver's.")),
                            "What is done with each line, in order.")));

    static final List<ComponentSchema> ALL = List.of(OTLP, FILELOG);

    private ReceiverSchemas() {}
}

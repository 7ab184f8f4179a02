package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.KeySchema;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import java.util.List;

/** The keys of receivers that clients push to, as in the Collector's configgrpc, confighttp and configtls. */
final class ServerKeys {

    private static final ObjectSchema TLS = keys(
            text("cert_file", "Certificate chain to present, in PEM."),
            text("cert_pem", "The certificate chain itself, instead of cert_file."),
            text("key_file", "Private key of the certificate, in PEM."),
            secret(text("key_pem", "The private key itself, instead of key_file.")),
            text("client_ca_file", "Certificates that sign clients' certificates; when set, clients must present one."),
            flag("client_ca_file_reload", false, "Read client_ca_file again when it changes."),
            choice("min_version", SharedKeys.TLS_VERSIONS, "1.2", "Lowest TLS version accepted."),
            choice("max_version", SharedKeys.TLS_VERSIONS, "1.3", "Highest TLS version accepted."),
            texts("cipher_suites", "Cipher suites for TLS 1.2; empty leaves the choice to the runtime."),
            duration(
                    "reload_interval",
                    "0s",
                    "0s",
                    "Read certificate and key again after this long; open connections go on; 0 never."),
            SharedKeys.CURVES,
            SharedKeys.TPM,
            refused("ca_file", "servers check clients by client_ca_file."),
            refused("ca_pem", "servers check clients by client_ca_file."),
            refused("include_system_ca_certs_pool", "clients are checked by client_ca_file alone."));

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

    private static final ObjectSchema CORS = keys(
            texts(
                    "allowed_origins",
                    "Origins whose pages may send, with at most one * each; without any, CORS is off."),
            texts("allowed_headers", "Headers pages may set besides the usual ones; * allows all."),
            whole("max_age", 0, 86_400, 0, "Seconds for which browsers may remember; 0 leaves it to them."));

    private ServerKeys() {}

    /** A gRPC listener. */
    static ObjectSchema grpc(String endpoint) {
        return keys(
                listen("endpoint", endpoint, "Where to listen."),
                choice("transport", List.of("tcp"), "tcp", "How to listen."),
                whole("max_recv_msg_size_mib", 1, 1024, 64, "Largest request, unpacked, in MiB."),
                whole("max_concurrent_streams", 1, 100_000, 1000, "Requests at a time on one connection."),
                ineffective(whole(
                        "read_buffer_size", 0, 1 << 30, 524_288, "buffers adapt to what arrives, up to 256 KiB.")),
                ineffective(whole("write_buffer_size", 0, 1 << 30, 32_768, "responses are small and sent at once.")),
                optionalSection("tls", TLS, "TLS of the listener."),
                SharedKeys.SERVER_AUTH,
                flag("include_metadata", false, "Keep clients' headers with their telemetry."),
                section("keepalive", KEEPALIVE, "Keepalive and age of connections."));
    }

    /** An HTTP listener; its keys can stand beside a receiver's own. */
    static ObjectSchema http(String endpoint, KeySchema... more) {
        return keys(
                keys(
                        listen("endpoint", endpoint, "Where to listen."),
                        whole("max_request_body_size", 0, 1L << 30, 64L << 20, "Largest request, unpacked, in bytes."),
                        optionalSection("tls", TLS, "TLS of the listener."),
                        optionalSection("cors", CORS, "Which web pages may send from browsers."),
                        SharedKeys.SERVER_AUTH,
                        flag("include_metadata", false, "Keep clients' headers with their telemetry."),
                        secret(textMap("response_headers", "Headers added to every response.")),
                        texts(
                                "compression_algorithms",
                                "Content encodings taken besides none; all that are known when empty."),
                        duration("read_timeout", "0s", "0s", "Time for a whole request to arrive; 0 has no limit."),
                        duration("read_header_timeout", "0s", "1m", "Time for the first request's headers to arrive."),
                        duration("write_timeout", "0s", "30s", "Time for a client to take a response."),
                        duration("idle_timeout", "0s", "1m", "Close connections after this long without a request.")),
                more);
    }

    /** Rules of one listener; {@code path} leads to it from the component. */
    static void check(Settings listener, String path, RuleReport report) {
        if (!listener.has("tls")) {
            return;
        }
        Settings tls = listener.section("tls");
        String at = (path.isEmpty() ? "" : path + "::") + "tls";
        one(tls, at, "cert", report);
        one(tls, at, "key", report);
        if (tls.isKnown("min_version")
                && tls.isKnown("max_version")
                && tls.string("min_version").compareTo(tls.string("max_version")) > 0) {
            report.error(
                    at + "::min_version",
                    tls.string("min_version") + " (expected: at most max_version, which is " + tls.string("max_version")
                            + ")");
        }
        if (tls.isKnown("client_ca_file_reload") && tls.flag("client_ca_file_reload") && !tls.has("client_ca_file")) {
            report.error(at + "::client_ca_file_reload", "true without client_ca_file (expected: both)");
        }
    }

    private static void one(Settings tls, String at, String what, RuleReport report) {
        boolean file = tls.has(what + "_file");
        if (file == tls.has(what + "_pem")) {
            report.error(
                    at, (file ? "both of " : "none of ") + what + "_file and " + what + "_pem (expected: one of them)");
        }
    }
}

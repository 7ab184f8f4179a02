package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.KeySchema;
import io.lightvessel.config.ObjectSchema;
import java.util.List;

/** Keys that several components share, with the Collector's defaults. */
final class SharedKeys {

    private static final long MANY = 1_000_000_000L;

    static final List<String> TLS_VERSIONS = List.of("1.2", "1.3");

    static final KeySchema CURVES = refused("curve_preferences", "the runtime chooses the curves; leave it out.");

    static final KeySchema TPM = refused("tpm", "private keys are read from key_file or key_pem.");

    static final ObjectSchema CLIENT_TLS = keys(
            flag("insecure", false, "Speak without TLS."),
            flag("insecure_skip_verify", false, "Accept any certificate; for tests."),
            text("ca_file", "Certificates to trust instead of the system's, in PEM."),
            text("ca_pem", "The certificates themselves, instead of ca_file."),
            flag("include_system_ca_certs_pool", false, "Trust the system's certificates too."),
            text("cert_file", "Client certificate, in PEM; needs a key."),
            text("cert_pem", "The client certificate itself, instead of cert_file."),
            text("key_file", "Private key of the client certificate, in PEM."),
            secret(text("key_pem", "The private key itself, instead of key_file.")),
            text("server_name_override", "Name to expect in the server's certificate."),
            choice("min_version", TLS_VERSIONS, "1.2", "Lowest TLS version spoken."),
            choice("max_version", TLS_VERSIONS, "1.3", "Highest TLS version spoken."),
            texts("cipher_suites", "Cipher suites for TLS 1.2; empty leaves the choice to the runtime."),
            duration(
                    "reload_interval",
                    "0s",
                    "0s",
                    "Read certificates again after this long, for connections made from then on; 0 never."),
            CURVES,
            TPM);

    static final KeySchema HEADERS = secret(textMap("headers", "Headers added to every request."));

    static final KeySchema COMPRESSION =
            choice("compression", List.of("gzip", "zstd", "none"), "gzip", "How requests are compressed.");

    /** Of exporters that post, as in the Collector's confighttp. */
    static final ObjectSchema HTTP_CLIENT = keys(
            url("proxy_url", "An http:// proxy to go through, instead of the one that the platform's settings name."),
            duration(
                    "idle_conn_timeout",
                    "0s",
                    "30s",
                    "Close connections unused for this long; 0 leaves it to their age."),
            flag("disable_keep_alives", false, "A new connection for every request."),
            ineffective(section(
                    "compression_params",
                    keys(whole("level", -10, 100, 0, "The level.")),
                    "each way of packing has one level, the fastest.")),
            ineffective(whole("read_buffer_size", 0, 1 << 30, 0, "buffers adapt to what arrives.")),
            ineffective(whole("write_buffer_size", 0, 1 << 30, 0, "bodies are sent from where they lie.")),
            ineffective(many("max_idle_conns", 100, "up to 16 connections wait on each event loop.")),
            ineffective(many("max_idle_conns_per_host", 0, "up to 16 connections wait on each event loop.")),
            ineffective(many("max_conns_per_host", 0, "there are as many as requests under way; see num_consumers.")),
            ineffective(flag("force_attempt_http2", true, "requests go over HTTP/1.1.")),
            ineffective(duration("http2_read_idle_timeout", "0s", "0s", "requests go over HTTP/1.1.")),
            ineffective(duration("http2_ping_timeout", "0s", "0s", "requests go over HTTP/1.1.")),
            refused("cookies", "cookies are not kept; balance by address instead, or leave it out."),
            refused("middlewares", "there are no middleware extensions; use headers or auth."));

    /** Of exporters that call, as in the Collector's configgrpc. */
    static final ObjectSchema GRPC_CLIENT = keys(
            ineffective(section(
                    "keepalive",
                    keys(
                            duration("time", "0s", "10s", "Time between pings."),
                            duration("timeout", "0s", "20s", "Time for an answer to a ping."),
                            flag("permit_without_stream", false, "Ping without calls.")),
                    "no pings are sent; a connection that was silent for a whole call's timeout is replaced.")),
            ineffective(flag(
                    "wait_for_ready",
                    false,
                    "calls wait while a connection is made, and are tried again as retry_on_failure says.")),
            ineffective(whole("read_buffer_size", 0, 1 << 30, 0, "buffers adapt to what arrives.")),
            ineffective(whole("write_buffer_size", 0, 1 << 30, 524_288, "messages are sent from where they lie.")),
            refused("middlewares", "there are no middleware extensions; use headers or auth."));

    /** Where a protocol prescribes how requests are compressed. */
    static final KeySchema ALWAYS_SNAPPY =
            ineffective(choice("compression", List.of("snappy"), "snappy", "the protocol prescribes it."));

    static final KeySchema SENDING_QUEUE = section(
            "sending_queue",
            keys(
                    flag("enabled", true, "Queue before sending; without, producers wait for the backend."),
                    whole("num_consumers", 1, 1000, 10, "Requests under way at a time."),
                    whole("queue_size", 1, 1L << 40, 1000, "Capacity, in units of sizer."),
                    choice("sizer", List.of("requests", "items", "bytes"), "requests", "What queue_size counts."),
                    flag("block_on_overflow", false, "When full, let producers wait instead of refusing."),
                    flag(
                            "wait_for_result",
                            false,
                            "Producers wait until the backend has answered, retries included; not with storage."),
                    refused(
                            "batch",
                            "put the batch processor into the pipeline, which takes timeout (for flush_timeout),"
                                    + " send_batch_size (min_size), send_batch_max_size (max_size) and metadata_keys"
                                    + " (partition), and answers producers when the merged request is safe."),
                    refused("blocking", "renamed by the Collector; write block_on_overflow."),
                    extension(
                            "storage",
                            ExtensionCapability.STORAGE,
                            "The extension that keeps the queue on disk; without, it is in memory.")),
            "The queue between pipelines and the backend.");

    static final KeySchema RETRY_ON_FAILURE =
            section("retry_on_failure", retry(true), "What happens when the backend fails in a way that may pass.");

    /** How an exporter authenticates towards its backend. */
    static final KeySchema CLIENT_AUTH = optionalSection(
            "auth",
            keys(required(extension(
                    "authenticator",
                    ExtensionCapability.CLIENT_AUTH,
                    "The extension that adds credentials to requests."))),
            "Authentication towards the backend.");

    /** How a receiver authenticates its clients. */
    static final KeySchema SERVER_AUTH = optionalSection(
            "auth",
            keys(required(extension(
                    "authenticator",
                    ExtensionCapability.SERVER_AUTH,
                    "The extension that checks clients' credentials."))),
            "Authentication of clients.");

    private SharedKeys() {}

    static ObjectSchema retry(boolean enabled) {
        return keys(
                flag("enabled", enabled, "Try again."),
                duration("initial_interval", "1ms", "5s", "Wait before the first retry."),
                decimal("randomization_factor", 0, 1, "0.5", "How far waits are spread around the interval."),
                decimal("multiplier", 1, 100, "1.5", "Growth of the interval with every retry."),
                duration("max_interval", "1ms", "30s", "Longest interval."),
                duration("max_elapsed_time", "0s", "5m", "Give up after this long; 0 never gives up."));
    }

    static KeySchema timeout(String defaultValue) {
        return duration("timeout", "1ms", defaultValue, "Longest time for one attempt.");
    }

    static KeySchema many(String name, long defaultValue, String doc) {
        return whole(name, 0, MANY, defaultValue, doc);
    }
}

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

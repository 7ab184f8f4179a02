package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that the Collector's exporters share, as its configs write them. */
class ExporterKeysTest {

    private static List<String> findings(String exporter, String keys) {
        String text = """
                receivers: {otlp: {protocols: {grpc: }}}
                exporters:
                  %s: {endpoint: 'https://backend:4317', %s}
                extensions: {file_storage: {directory: /tmp}}
                service:
                  extensions: [file_storage]
                  pipelines: {logs: {receivers: [otlp], exporters: [%s]}}
                """.formatted(exporter, keys, exporter);
        return ConfigParser.parse(text, Environment.of(Map.of())).findings().stream()
                .map(finding -> finding.path().replace("exporters::" + exporter + "::", "") + ": " + finding.message())
                .toList();
    }

    @Test
    void producersMayWaitForTheResultButNotOfAQueueOnDisk() {
        assertThat(findings("otlp", "sending_queue: {wait_for_result: true}")).isEmpty();
        assertThat(findings("otlp", "sending_queue: {wait_for_result: false, storage: file_storage}"))
                .isEmpty();
        assertThat(findings("otlphttp", "sending_queue: {wait_for_result: true, storage: file_storage}"))
                .containsExactly(
                        "sending_queue::wait_for_result: true beside storage (expected: one of both; what is on"
                                + " disk outlives whoever waits for it)");
        assertThat(findings("otlphttp", "sending_queue: {wait_for_result: maybe}"))
                .containsExactly("sending_queue::wait_for_result: 'maybe' (expected: true or false)");
    }

    @Test
    void certificatesComeFromOnePlaceAndInPairs() {
        assertThat(findings(
                        "otlp",
                        "tls: {ca_pem: x, cert_pem: y, key_file: z, min_version: '1.3', reload_interval: 1h,"
                                + " include_system_ca_certs_pool: true, cipher_suites: [A]}"))
                .isEmpty();
        assertThat(findings("otlp", "tls: {ca_pem: x, ca_file: y}"))
                .containsExactly("tls: both of ca_file and ca_pem (expected: one of them)");
        assertThat(findings("otlphttp", "tls: {cert_pem: x}"))
                .containsExactly("tls: cert without key (expected: both or neither)");
        assertThat(findings("otlphttp", "tls: {key_file: x}"))
                .containsExactly("tls: key without cert (expected: both or neither)");
        assertThat(findings("otlphttp", "tls: {min_version: '1.3', max_version: '1.2'}"))
                .containsExactly("tls::min_version: 1.3 (expected: at most max_version, which is 1.2)");
        assertThat(findings("otlphttp", "tls: {min_version: '1.0'}"))
                .containsExactly("tls::min_version: '1.0' (expected: one of 1.2, 1.3)");
    }

    @Test
    void keysOfStockConfigsAreKnown() {
        assertThat(findings(
                        "otlp",
                        "authority: backend, keepalive: {time: 30s, timeout: 5s, permit_without_stream: true},"
                                + " wait_for_ready: true, read_buffer_size: 1024, write_buffer_size: 1024"))
                .allMatch(finding -> finding.contains("has no effect"))
                .hasSize(4);
        assertThat(findings(
                        "otlphttp",
                        "encoding: proto, compression: zlib, proxy_url: 'http://proxy:3128', idle_conn_timeout: 90s,"
                                + " disable_keep_alives: true"))
                .isEmpty();
        assertThat(findings(
                        "otlphttp",
                        "compression_params: {level: 6}, max_idle_conns: 10, max_idle_conns_per_host: 10,"
                                + " max_conns_per_host: 10, http2_read_idle_timeout: 10s, http2_ping_timeout: 10s,"
                                + " force_attempt_http2: true, read_buffer_size: 1, write_buffer_size: 1"))
                .allMatch(finding -> finding.contains("has no effect"))
                .hasSize(9);
        assertThat(findings("otlphttp", "encoding: json")).containsExactly("encoding: 'json' (expected: one of proto)");
        assertThat(findings("otlphttp", "compression: lz4"))
                .containsExactly("compression: 'lz4' (expected: one of gzip, zstd, zlib, deflate, none)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "otlp|sending_queue: {batch: {min_size: 10}}|sending_queue::batch|put the batch processor",
                "otlp|tls: {curve_preferences: [P256]}|tls::curve_preferences|the runtime chooses",
                "otlphttp|tls: {tpm: {enabled: true}}|tls::tpm|key_file or key_pem",
                "otlphttp|cookies: {enabled: true}|cookies|cookies are not kept",
                "otlp|middlewares: [{id: x}]|middlewares|use headers or auth",
                "otlp|sending_queue: {blocking: true}|sending_queue::blocking|write block_on_overflow",
            })
    void whatIsRefusedSaysWhatToDoInstead(String exporter, String keys, String path, String reason) {
        assertThat(findings(exporter, keys))
                .singleElement()
                .asString()
                .startsWith(path + ": not supported: ")
                .contains(reason);
    }
}

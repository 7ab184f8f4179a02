package io.lightvessel.gateway.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A config that a storm of reloads edits step by step; exporter {@code otlp/a} always gets every record once. */
final class StormConfig {
    private final int[] backends;
    boolean renamed;
    boolean extraPipeline;
    boolean secondExporter;
    boolean authenticated;
    boolean http;
    List<String> processors = new ArrayList<>(List.of("memory_limiter", "resource", "batch"));
    int batchSize = 100;
    int batchMillis = 10;
    int limitMib = 150;
    int backend;
    int queueSize = 20_000;
    int consumers = 10;
    int retryMillis = 5;
    int timeoutSeconds = 10;
    int messageMib = 4;
    int streams = 100;
    int generation;
    String compression = "none";
    String sizer = "requests";
    /** A wrong line, for the one config that contains it. */
    String mistake = "";
    /** An exporter that cannot start, for the one config that uses it. */
    String impossible = "";

    /** @param backends ports: two gRPC backends of {@code otlp/a}, that of {@code otlp/b}, and an HTTP one */
    StormConfig(int... backends) {
        this.backends = backends.clone();
    }

    String yaml() {
        return yaml(List.of(renamed ? "logs/renamed" : "logs"), extraPipeline);
    }

    /** The config with all the pipelines it ever had, whose ledgers can then be read. */
    String yamlOfAllPipelines() {
        return yaml(List.of("logs", "logs/renamed"), true);
    }

    private String yaml(List<String> main, boolean extra) {
        StringBuilder out = new StringBuilder("""
                extensions:
                  bearertokenauth: {token: "secret-%d"}
                receivers:
                  otlp:
                    protocols:
                      grpc: {endpoint: "127.0.0.1:0", max_recv_msg_size_mib: %d, max_concurrent_streams: %d}
                %sprocessors:
                  memory_limiter: {limit_mib: %d}
                  batch: {timeout: %dms, send_batch_size: %d, send_batch_max_size: %d}
                  resource: {attributes: [{key: generation, value: "%d", action: upsert}]}
                exporters:
                """.formatted(
                        generation,
                        messageMib,
                        streams,
                        http ? "      http: {endpoint: \"127.0.0.1:0\"}\n" : "",
                        limitMib,
                        batchMillis,
                        batchSize,
                        batchSize * 2,
                        generation));
        exporter(out, "otlp/a", "127.0.0.1:" + backends[backend]);
        exporter(out, "otlp/b", "127.0.0.1:" + backends[2]);
        exporter(out, "otlphttp", "http://127.0.0.1:" + backends[3] + "/");
        out.append(mistake).append(impossible.isEmpty() ? "" : "  file: {path: \"" + impossible + "\"}\n");
        out.append("service:\n");
        if (authenticated) {
            out.append("  extensions: [bearertokenauth]\n");
        }
        out.append("  pipelines:\n");
        String branches = "otlp/a" + (secondExporter ? ", otlp/b" : "") + (impossible.isEmpty() ? "" : ", file");
        for (String name : main) {
            pipeline(out, name, processors, branches);
        }
        pipeline(out, "traces", List.of("batch"), branches);
        if (extra) {
            pipeline(out, "logs/extra", List.of("batch"), "otlphttp");
        }
        return out.toString();
    }

    private void exporter(StringBuilder out, String id, String endpoint) {
        out.append(String.format(
                Locale.ROOT,
                """
                  %s:
                    endpoint: "%s"
                    tls: {insecure: true}
                    compression: %s
                    timeout: %ds
                    sending_queue: {queue_size: %d, num_consumers: %d, sizer: %s}
                    retry_on_failure: {initial_interval: %dms, max_elapsed_time: 0s}
                """,
                id,
                endpoint,
                compression,
                timeoutSeconds,
                sizer.equals("bytes") ? queueSize * 1000L : queueSize * 10L,
                consumers,
                sizer,
                retryMillis));
        if (authenticated) {
            out.append("    auth: {authenticator: bearertokenauth}\n");
        }
    }

    private static void pipeline(StringBuilder out, String name, List<String> processors, String exporters) {
        out.append("    ")
                .append(name)
                .append(": {receivers: [otlp], processors: [")
                .append(String.join(", ", processors))
                .append("], exporters: [")
                .append(exporters)
                .append("]}\n");
    }
}

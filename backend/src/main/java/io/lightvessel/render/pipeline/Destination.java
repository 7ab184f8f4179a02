package io.lightvessel.render.pipeline;

import io.lightvessel.config.Signal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where records go. */
public sealed interface Destination {

    /** What the stack calls it. */
    String name();

    /** Where the stack speaks of it. */
    default String path() {
        return "backends.destinations." + name();
    }

    /** Prometheus remote write. */
    record RemoteWrite(String name, String url, Map<String, String> headers, Map<String, String> labels)
            implements Destination {}

    /** OTLP over gRPC. */
    record OtlpGrpc(String name, String endpoint, boolean plaintext, Map<String, String> headers)
            implements Destination {}

    /**
     * OTLP over HTTP.
     *
     * @param url the base of {@code /v1/logs} and the like
     * @param isLoki whether there is Loki behind it
     */
    record OtlpHttp(String name, String url, boolean isLoki, Map<String, String> headers) implements Destination {}

    /** Pyroscope. */
    record Pyroscope(String name, String url, Map<String, String> headers, Map<String, String> labels)
            implements Destination {}

    /** Datadog's intake. */
    record Datadog(String name, String site, String apiKey) implements Destination {}

    /** Elasticsearch. */
    record Elasticsearch(String name, String url, @Nullable String apiKey) implements Destination {}

    /** Topics of Kafka. */
    record Kafka(String name, List<String> brokers, Map<Signal, String> topics, String encoding, boolean tls)
            implements Destination {}
}

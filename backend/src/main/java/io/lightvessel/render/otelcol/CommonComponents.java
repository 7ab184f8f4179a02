package io.lightvessel.render.otelcol;

import static io.lightvessel.render.text.Placeholders.escaped;

import io.lightvessel.render.pipeline.Destination;
import io.lightvessel.render.pipeline.Source;
import io.lightvessel.render.text.Tree;
import java.util.Map;
import java.util.TreeMap;

/** Receivers and exporters that agents and stock Collectors read alike. */
final class CommonComponents {
    private CommonComponents() {}

    static Map<String, Object> otlp(String grpcEndpoint, String httpEndpoint) {
        return Tree.of(
                "protocols",
                Tree.of("grpc", Tree.of("endpoint", grpcEndpoint), "http", Tree.of("endpoint", httpEndpoint)));
    }

    static Map<String, Object> jaeger(Source.Jaeger jaeger) {
        return Tree.of(
                "protocols",
                Tree.of(
                        "grpc", Tree.of("endpoint", "0.0.0.0:" + jaeger.grpcPort()),
                        "thrift_http", Tree.of("endpoint", "0.0.0.0:" + jaeger.thriftHttpPort())));
    }

    static Map<String, Object> zipkin(Source.Zipkin zipkin) {
        return Tree.of("endpoint", "0.0.0.0:" + zipkin.port());
    }

    static Map<String, Object> remoteWrite(Destination.RemoteWrite to) {
        return withHeaders(
                Tree.of("endpoint", escaped(to.url()), "external_labels", labels(to.labels())), to.headers());
    }

    static Map<String, Object> otlpGrpc(Destination.OtlpGrpc to) {
        Map<String, Object> settings = Tree.of("endpoint", escaped(to.endpoint()));
        if (to.plaintext()) {
            settings.put("tls", Tree.of("insecure", true));
        }
        return withHeaders(settings, to.headers());
    }

    static Map<String, Object> otlpHttp(Destination.OtlpHttp to) {
        return withHeaders(Tree.of("endpoint", escaped(to.url())), to.headers());
    }

    static Map<String, Object> pyroscope(Destination.Pyroscope to) {
        return withHeaders(
                Tree.of("endpoint", escaped(to.url()), "external_labels", labels(to.labels())), to.headers());
    }

    private static Map<String, Object> labels(Map<String, String> labels) {
        return new TreeMap<>(labels);
    }

    private static Map<String, Object> withHeaders(Map<String, Object> settings, Map<String, String> headers) {
        if (!headers.isEmpty()) {
            Map<String, Object> texts = new TreeMap<>();
            headers.forEach((name, value) -> texts.put(name, escaped(value)));
            settings.put("headers", texts);
        }
        return settings;
    }

    static Map<String, Object> ebpf(Source.NodeProfiles node) {
        return Tree.of(
                "sample_rate",
                node.profiles().sampleRate(),
                "cpu_budget",
                node.profiles().cpuBudgetPercent(),
                // In a pod the host's name is the pod's; elsewhere this is empty and the host's name is taken.
                "node",
                "${env:K8S_NODE_NAME:-}");
    }
}

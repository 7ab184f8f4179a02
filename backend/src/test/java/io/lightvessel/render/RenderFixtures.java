package io.lightvessel.render;

import io.lightvessel.stack.Backends;
import io.lightvessel.stack.Destination;
import io.lightvessel.stack.Instrumentation;
import io.lightvessel.stack.LineRedaction;
import io.lightvessel.stack.NodeProfiles;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.PodMetadata;
import io.lightvessel.stack.Processors;
import io.lightvessel.stack.Receivers;
import io.lightvessel.stack.Sampling;
import io.lightvessel.stack.Signal;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stacks that tests of rendering start from, beside those of the stack's own tests. */
public final class RenderFixtures {
    private RenderFixtures() {}

    /** Every part of a stack, what agents cannot do included. */
    public static StackSpec wide() {
        StackSpec full = StackFixtures.full();
        return full.withGateway(full.gateway()
                        .withReceivers(full.gateway()
                                .receivers()
                                .withJaeger(new Receivers.Jaeger(true, 14250, 14268))
                                .withZipkin(new Receivers.Zipkin(true, 9411)))
                        .withProcessors(new Processors(
                                new Processors.MemoryLimiter(true, "1s", 80, 25),
                                List.of(
                                        new Processors.AttributeAction(
                                                "env", Processors.Action.UPSERT, "${env:STAGE:-dev}", null),
                                        new Processors.AttributeAction(
                                                "user.copy", Processors.Action.INSERT, null, "user.id"),
                                        new Processors.AttributeAction("user.id", Processors.Action.HASH, null, null)),
                                new Processors.Ottl(
                                        List.of("set(attributes[\"price\"], \"5$\") where name == \"pay\""),
                                        List.of("delete_key(attributes, \"pod_uid\")"),
                                        List.of("set(severity_text, \"WARN\") where severity_text == \"warn\"")),
                                new Processors.Ottl(
                                        List.of("attributes[\"http.route\"] == \"/health\""),
                                        List.of("attributes[\"le\"] == \"0\""),
                                        List.of("severity_text == \"DEBUG\"")),
                                new Processors.Redaction(
                                        true, List.of(".*token.*"), List.of("4[0-9]{12}"), List.of("trace.token")))))
                .withSampling(new Sampling(
                        50,
                        12.5,
                        new Sampling.Tail(
                                true,
                                "10s",
                                50_000,
                                List.of(
                                        new Sampling.TailPolicy.Errors("errors"),
                                        new Sampling.TailPolicy.Slow("slow", 2000),
                                        new Sampling.TailPolicy.Share("some", 5),
                                        new Sampling.TailPolicy.Attribute("vip", "tier", List.of("gold", "black")),
                                        new Sampling.TailPolicy.Rate("rest", 100)))))
                .withCollector(full.collector()
                        .withPodLogs(new PodLogs(true, "/data/pods")
                                .withIncludeNamespaces(List.of("shop", "pay"))
                                .withExcludeNamespaces(List.of("kube-system"))
                                .withLabels(Map.of("app.kubernetes.io/part-of", "shop"), Map.of("logs", "off"))
                                .withAnnotations(
                                        Map.of("example.io/logs", "yes, all (of them)"), Map.of("quiet", "true"))
                                .withMetadata(
                                        new PodMetadata(List.of("team", "app.kubernetes.io/version"), List.of("*")))
                                .withMultiline(PodLogs.Multiline.CUSTOM)
                                .withMultilineStart("^\\[\\d+\\] \"start\"")
                                .withRedaction(List.of(
                                        new LineRedaction(LineRedaction.Known.PASSWORD, null, null),
                                        new LineRedaction(LineRedaction.Known.EMAIL, null, "<mail>"),
                                        new LineRedaction(null, "(id)=\\d+$", "$1=#"),
                                        new LineRedaction(null, "4711|42", null)))
                                .withParsing(PodLogs.Parsing.AUTO)
                                .withLinesPerSecondPerPod(500)
                                .withBurstLinesPerPod(2000))
                        .withProfiles(new NodeProfiles(true, 97, 1.5, 250)))
                .withInstrumentation(new Instrumentation(
                        true,
                        List.of(Instrumentation.Language.JAVA, Instrumentation.Language.GO),
                        List.of(Instrumentation.Propagator.TRACECONTEXT, Instrumentation.Propagator.B3),
                        "http://collect.example.com:4318"))
                .withBackends(new Backends(destinations(), full.backends().grafana()));
    }

    private static Map<String, Destination> destinations() {
        Map<String, Destination> all = new LinkedHashMap<>();
        all.put(
                "metrics",
                new Destination.Mimir(
                        "https://mimir.example.com/api/v1/push",
                        "team-a",
                        Map.of("Authorization", "Bearer ${env:MIMIR_TOKEN}")));
        all.put(
                "prom-local",
                new Destination.Prometheus("http://prometheus:9090/api/v1/write", Map.of("X-Key", "${env:PROM_KEY}")));
        all.put(
                "traces",
                new Destination.Tempo(
                        "tempo.example.com:4317",
                        false,
                        "${env:TEMPO_TENANT}",
                        Map.of("authorization", "Basic ${env:TEMPO}")));
        all.put(
                "logs",
                new Destination.Loki("https://loki.example.com/otlp", "team-a", Map.of("X-Key", "${env:LOKI_KEY}")));
        all.put(
                "profiles",
                new Destination.Pyroscope(
                        "https://pyroscope.example.com", "team-a", Map.of("X-Key", "${env:PYROSCOPE_KEY}")));
        all.put(
                "vendor",
                new Destination.Otlp(
                        Destination.Otlp.Protocol.HTTP,
                        "https://otlp.example.com/v1",
                        false,
                        List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS, Signal.PROFILES),
                        Map.of("X-Key", "${env:VENDOR_KEY}")));
        all.put(
                "near",
                new Destination.Otlp(
                        Destination.Otlp.Protocol.GRPC, "near:4317", true, List.of(Signal.TRACES), Map.of()));
        all.put("dd", new Destination.Datadog("datadoghq.eu", "${env:DD_KEY}", List.of(Signal.TRACES)));
        all.put(
                "elastic",
                new Destination.Elasticsearch("https://es.example.com", "${env:ES_KEY}", List.of(Signal.LOGS)));
        all.put(
                "bus",
                new Destination.Kafka(
                        List.of("kafka-0:9092", "kafka-1:9092"),
                        "telemetry",
                        Destination.Kafka.Encoding.OTLP_PROTO,
                        true,
                        List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS)));
        return all;
    }
}

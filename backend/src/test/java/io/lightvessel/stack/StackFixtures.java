package io.lightvessel.stack;

import java.util.List;
import java.util.Map;

/** Stacks that tests start from. */
public final class StackFixtures {
    private StackFixtures() {}

    /** Every signal has a backend, on one machine. */
    public static StackSpec demo() {
        return StackSpec.defaults()
                .withBackends(new Backends(
                        new Backends.Http("http://127.0.0.1:9090/api/v1/write"),
                        new Backends.Grpc("127.0.0.1:14327", true),
                        new Backends.Http("http://127.0.0.1:14328/otlp"),
                        null,
                        Backends.none().grafana().withUrl("http://127.0.0.1:3000/")));
    }

    /** Uses every part of a stack. */
    public static StackSpec full() {
        StackSpec demo = demo();
        return demo.withGateway(demo.gateway()
                        .withOtlp(new Gateway.OtlpPorts(5317, 5318))
                        .withBatch(new Gateway.Batch("1s", 1000, 0))
                        .withResourceAttributes(Map.of(
                                "team",
                                "shop: \"core\"",
                                "price",
                                "5$",
                                "node",
                                "${env:NODE_NAME:-none}",
                                "on",
                                "yes",
                                "build",
                                "1.20"))
                        .withScraping(new Scraping(
                                "15s",
                                true,
                                true,
                                new Scraping.Annotations(true, "example.io"),
                                true,
                                List.of(Scraping.Preset.REDIS_EXPORTER, Scraping.Preset.KUBE_STATE_METRICS),
                                List.of(
                                        new StaticJob("hosts", List.of("10.0.0.7:9100", "10.0.0.8:9100"), null, false),
                                        new StaticJob("price", List.of("${env:SHOP}:443"), "/stats/$all", true))))
                        .withProfiles(new ProfilePulling(
                                "30s",
                                true,
                                List.of(
                                        new StaticJob("shop", List.of("10.0.0.9:6060"), "/internal", false),
                                        new StaticJob("pay", List.of("10.0.0.9:6061"), null, true))))
                        .withClustering(new Clustering(true, 7000, List.of())))
                .withCollector(demo.collector()
                        .withPodLogs(new PodLogs(true, "/data/pods"))
                        .withResourceAttributes(Map.of("k8s.node.name", "${env:NODE_NAME}")))
                .withBackends(new Backends(
                        new Backends.Http(
                                "https://mimir.example.com/api/v1/push",
                                Map.of(
                                        "X-Scope-OrgID",
                                        "${env:MIMIR_TENANT}",
                                        "Authorization",
                                        "Bearer ${env:MIMIR_TOKEN}")),
                        new Backends.Grpc(
                                "tempo.example.com:4317", false, Map.of("authorization", "Basic ${env:TEMPO}")),
                        new Backends.Http(
                                "https://loki.example.com/otlp", Map.of("X-Scope-OrgID", "${env:LOKI_TENANT}")),
                        new Backends.Http("https://pyroscope.example.com"),
                        new Backends.Grafana("https://grafana.example.com/", "mimir", "loki", "tempo")));
    }
}

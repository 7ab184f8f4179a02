package io.lightvessel.render;

import io.lightvessel.stack.Backends;
import io.lightvessel.stack.Clustering;
import io.lightvessel.stack.Destination;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.LineRedaction;
import io.lightvessel.stack.NodeProfiles;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.PodMetadata;
import io.lightvessel.stack.Processors;
import io.lightvessel.stack.ProfilePulling;
import io.lightvessel.stack.Receivers;
import io.lightvessel.stack.Sampling;
import io.lightvessel.stack.Scraping;
import io.lightvessel.stack.Signal;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.StaticJob;
import io.lightvessel.wire.AgentRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The features of a stack that the page about rendering shows, each with and without. */
final class RenderingFeatures {
    /** A feature: a role's stack without it and with it. */
    record Feature(String name, AgentRole role, StackSpec without, StackSpec with) {}

    private static final StackSpec BARE = StackSpec.defaults()
            .withCollector(StackSpec.defaults().collector().withPodLogs(new PodLogs(false, "/var/log/pods")))
            .withBackends(StackSpec.defaults()
                    .backends()
                    .withDestination("traces", new Destination.Tempo("tempo:4317", true, null, Map.of())));
    private static final StackSpec METRICS =
            to(BARE, "metrics", new Destination.Mimir("http://mimir:9009/api/v1/push", "team-a", Map.of()));
    private static final StackSpec LOGS =
            to(BARE, "logs", new Destination.Loki("http://loki:3100/otlp", "team-a", Map.of()));
    private static final StackSpec PROFILES =
            to(BARE, "profiles", new Destination.Pyroscope("http://pyroscope:4040", "team-a", Map.of()));
    private static final List<StaticJob> JOB =
            List.of(new StaticJob("shop", List.of("shop:8080"), "/stats/$all", false));

    static final List<Feature> ALL = features();

    private RenderingFeatures() {}

    private static List<Feature> features() {
        List<Feature> all = new ArrayList<>();
        all.add(new Feature("OTLP to Tempo", AgentRole.GATEWAY, BARE.withBackends(none()), BARE));
        all.add(new Feature("Metrics to Mimir", AgentRole.GATEWAY, BARE, METRICS));
        all.add(new Feature("Logs to Loki", AgentRole.GATEWAY, BARE, LOGS));
        all.add(receiving(
                "Jaeger and Zipkin",
                receivers -> receivers
                        .withJaeger(new Receivers.Jaeger(true, 14250, 14268))
                        .withZipkin(new Receivers.Zipkin(true, 9411))));
        all.add(gateway(
                "Resource attributes", BARE, g -> g.withResourceAttributes(Map.of("team", "${env:TEAM:-core}"))));
        all.add(processing("Memory limit", p -> p.withMemoryLimiter(new Processors.MemoryLimiter(true, "1s", 80, 25))));
        all.add(processing(
                "Attribute changes",
                p -> p.withAttributes(
                        List.of(new Processors.AttributeAction("user.id", Processors.Action.HASH, null, null)))));
        all.add(processing(
                "OTTL statements",
                p -> p.withTransform(new Processors.Ottl(
                        List.of("set(attributes[\"price\"], \"5$\") where name == \"pay\""), List.of(), List.of()))));
        all.add(processing(
                "Dropping by a condition",
                p -> p.withFilter(new Processors.Ottl(
                        List.of("attributes[\"http.route\"] == \"/health\""), List.of(), List.of()))));
        all.add(processing(
                "Redaction",
                p -> p.withRedaction(new Processors.Redaction(
                        true, List.of(".*token.*"), List.of("4[0-9]{12}"), List.of("trace.token")))));
        all.add(sampling("Sampling by trace id", s -> s.withGatewayPercent(25)));
        all.add(sampling(
                "Sampling of whole traces",
                s -> s.withTail(
                        new Sampling.Tail(true, "10s", 50_000, List.of(new Sampling.TailPolicy.Errors("errors"))))));
        all.add(gateway("Batches", BARE, g -> g.withBatch(new Gateway.Batch("1s", 1000, 2000))));
        StackSpec alone = METRICS.withGateway(METRICS.gateway().withClustering(new Clustering(false, 7946, List.of())));
        all.add(scraping("Targets with fixed addresses", alone, s -> s.withJobs(JOB)));
        all.add(scraping(
                "ServiceMonitors and PodMonitors",
                alone,
                s -> new Scraping(s.interval(), true, true, s.annotations(), false, s.presets(), s.jobs())));
        all.add(scraping(
                "Annotations",
                alone,
                s -> new Scraping(
                        s.interval(),
                        false,
                        false,
                        new Scraping.Annotations(true, "prometheus.io"),
                        false,
                        s.presets(),
                        s.jobs())));
        all.add(scraping(
                "Kubelets",
                alone,
                s -> new Scraping(s.interval(), false, false, s.annotations(), true, s.presets(), s.jobs())));
        all.add(scraping(
                "Well-known exporters",
                alone,
                s -> new Scraping(
                        s.interval(),
                        false,
                        false,
                        s.annotations(),
                        false,
                        List.of(Scraping.Preset.POSTGRES_EXPORTER),
                        s.jobs())));
        StackSpec scraped = alone.withGateway(
                alone.gateway().withScraping(alone.gateway().scraping().withJobs(JOB)));
        all.add(gateway(
                "Replicas that share targets", scraped, g -> g.withClustering(new Clustering(true, 7946, List.of()))));
        all.add(new Feature(
                "Profiles pulled from targets",
                AgentRole.EDGE,
                PROFILES,
                PROFILES.withGateway(PROFILES.gateway().withProfiles(new ProfilePulling("15s", false, JOB)))));
        all.add(collecting("Pod logs to Loki", LOGS, new PodLogs(true, "/var/log/pods")));
        all.add(new Feature(
                "A choice of pods, and lines that belong together",
                AgentRole.COLLECTOR,
                pods(LOGS, new PodLogs(true, "/var/log/pods")),
                pods(
                        LOGS,
                        new PodLogs(true, "/var/log/pods")
                                .withIncludeNamespaces(List.of("shop"))
                                .withLabels(Map.of(), Map.of("logs", "off"))
                                .withMultiline(PodLogs.Multiline.TIMESTAMP)
                                .withParsing(PodLogs.Parsing.JSON)
                                .withLinesPerSecondPerPod(500))));
        all.add(collectingMore(
                "Pods by annotation, with what the API knows of them",
                logs -> logs.withAnnotations(Map.of("example.io/logs", "on"), Map.of())
                        .withMetadata(new PodMetadata(List.of("team"), List.of("example.io/owner")))));
        all.add(collectingMore(
                "Secrets in lines",
                logs -> logs.withRedaction(List.of(
                        new LineRedaction(LineRedaction.Known.PASSWORD, null, null),
                        new LineRedaction(null, "card-[0-9]+", "card-#")))));
        all.add(new Feature(
                "Profiles of every process",
                AgentRole.COLLECTOR,
                PROFILES,
                PROFILES.withCollector(PROFILES.collector().withProfiles(new NodeProfiles(true, 97, 1, 250)))));
        all.add(destination(
                "Any OTLP destination",
                new Destination.Otlp(
                        Destination.Otlp.Protocol.HTTP,
                        "https://otlp.example.com",
                        false,
                        List.of(Signal.TRACES),
                        Map.of("X-Key", "${env:VENDOR_KEY}"))));
        all.add(destination(
                "Datadog", new Destination.Datadog("datadoghq.eu", "${env:DD_KEY}", List.of(Signal.TRACES))));
        all.add(destination(
                "Elasticsearch",
                new Destination.Elasticsearch("https://es:9200", "${env:ES_KEY}", List.of(Signal.TRACES))));
        all.add(destination(
                "Kafka",
                new Destination.Kafka(
                        List.of("kafka:9092"),
                        "telemetry",
                        Destination.Kafka.Encoding.OTLP_PROTO,
                        true,
                        List.of(Signal.TRACES))));
        return List.copyOf(all);
    }

    private static Backends none() {
        return StackSpec.defaults().backends();
    }

    private static StackSpec to(StackSpec spec, String name, Destination destination) {
        return spec.withBackends(spec.backends().withDestination(name, destination));
    }

    private static StackSpec pods(StackSpec spec, PodLogs logs) {
        return spec.withCollector(spec.collector().withPodLogs(logs));
    }

    private static Feature gateway(String name, StackSpec base, UnaryOperator<Gateway> change) {
        return new Feature(name, AgentRole.GATEWAY, base, base.withGateway(change.apply(base.gateway())));
    }

    private static Feature receiving(String name, UnaryOperator<Receivers> change) {
        return gateway(name, BARE, g -> g.withReceivers(change.apply(g.receivers())));
    }

    private static Feature processing(String name, UnaryOperator<Processors> change) {
        return gateway(name, BARE, g -> g.withProcessors(change.apply(g.processors())));
    }

    private static Feature scraping(String name, StackSpec base, UnaryOperator<Scraping> change) {
        return gateway(name, base, g -> g.withScraping(change.apply(g.scraping())));
    }

    private static Feature sampling(String name, UnaryOperator<Sampling> change) {
        return new Feature(name, AgentRole.GATEWAY, BARE, BARE.withSampling(change.apply(BARE.sampling())));
    }

    private static Feature collecting(String name, StackSpec base, PodLogs logs) {
        return new Feature(name, AgentRole.COLLECTOR, base, pods(base, logs));
    }

    private static Feature collectingMore(String name, UnaryOperator<PodLogs> change) {
        PodLogs logs = new PodLogs(true, "/var/log/pods");
        return new Feature(name, AgentRole.COLLECTOR, pods(LOGS, logs), pods(LOGS, change.apply(logs)));
    }

    private static Feature destination(String name, Destination destination) {
        return new Feature(name, AgentRole.GATEWAY, BARE, to(BARE, "other", destination));
    }
}

package io.lightvessel.render;

import io.lightvessel.stack.Backends;
import io.lightvessel.stack.Clustering;
import io.lightvessel.stack.Destination;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.HpaPolicy;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes stacks of any shape the form allows; the same seed makes the same stack. */
final class RandomStacks {
    private static final String[] PIECES = {
        "a",
        "B",
        "7",
        "\"",
        "'",
        ": ",
        "#",
        "$",
        "$$",
        "${env:A}",
        "${env:B:-x y}",
        "{",
        "}",
        "- ",
        "\\",
        "1.20",
        "yes",
        "é",
        "~",
        "%",
        "|",
        "&",
        "*",
        "!",
        "@",
        "`",
        "[",
        ",",
        "0x1f",
        "null",
        " ",
        "\t",
        "//",
        "😀",
        "on",
        "="
    };
    private static final String[] DURATIONS = {"1s", "200ms", "15s", "30s", "1m", "2s", "1m30s", "5s"};
    private static final Signal[] OTLP_SIGNALS = {Signal.TRACES, Signal.METRICS, Signal.LOGS};

    private final Random random;

    RandomStacks(long seed) {
        this.random = new Random(seed);
    }

    StackSpec next() {
        StackSpec spec = StackSpec.defaults();
        return spec.withGateway(gateway(spec.gateway()))
                .withCollector(spec.collector()
                        .withPodLogs(podLogs())
                        .withProfiles(new NodeProfiles(yes(), 1 + random.nextInt(998), random.nextInt(100), 250))
                        .withResourceAttributes(attributes()))
                .withSampling(new Sampling(random.nextInt(101), yes() ? 100 : random.nextInt(1000) / 10.0, tail()))
                .withBackends(new Backends(destinations(), spec.backends().grafana()));
    }

    private Gateway gateway(Gateway gateway) {
        int port = 1024 + random.nextInt(60_000);
        return gateway.withService(name(), name())
                .withReceivers(new Receivers(
                        new Gateway.OtlpPorts(port, port + 1),
                        new Receivers.Jaeger(yes(), port + 2, port + 3),
                        new Receivers.Zipkin(yes(), port + 4)))
                .withResourceAttributes(attributes())
                .withProcessors(processors())
                .withBatch(
                        new Gateway.Batch(duration(), 1 + random.nextInt(1000), yes() ? 0 : 1000 + random.nextInt(9)))
                .withScraping(new Scraping(
                        duration(),
                        yes(),
                        yes(),
                        new Scraping.Annotations(yes(), yes() ? "prometheus.io" : "a-b.c"),
                        yes(),
                        some(List.of(Scraping.Preset.values())),
                        jobs()))
                .withProfiles(new ProfilePulling(yes() ? "15s" : "3s", yes(), jobs()))
                .withClustering(new Clustering(yes(), 1024 + random.nextInt(60_000), peers()))
                .withScaling(new HpaPolicy(
                        yes(),
                        1,
                        1 + random.nextInt(9),
                        1 + random.nextInt(100),
                        gateway.scaling().behavior()));
    }

    private Processors processors() {
        List<Processors.AttributeAction> actions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Processors.Action action = Processors.Action.values()[random.nextInt(5)];
            boolean sets = action.ordinal() < 3;
            boolean copies = sets && yes();
            actions.add(new Processors.AttributeAction(
                    key(), action, sets && !copies ? text() : null, copies ? key() : null));
        }
        return new Processors(
                new Processors.MemoryLimiter(yes(), duration(), 30 + random.nextInt(70), random.nextInt(30)),
                actions,
                ottl("set(attributes[\"a\"], \"%s\")"),
                ottl("attributes[\"a\"] == \"%s\""),
                new Processors.Redaction(yes(), List.of(".*token.*"), List.of("4[0-9]{12}"), List.of(key())));
    }

    private Processors.Ottl ottl(String form) {
        return new Processors.Ottl(statements(form), statements(form), statements(form));
    }

    private List<String> statements(String form) {
        List<String> statements = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            statements.add(
                    form.formatted(text().replace("\\", "").replace("\"", "").replace("\t", "")));
        }
        return statements;
    }

    private Sampling.Tail tail() {
        return new Sampling.Tail(
                yes(),
                duration(),
                1000,
                List.of(
                        new Sampling.TailPolicy.Errors("errors"),
                        new Sampling.TailPolicy.Slow("slow", 1 + random.nextInt(1000)),
                        new Sampling.TailPolicy.Attribute("some", key(), List.of(text()))));
    }

    private PodLogs podLogs() {
        return new PodLogs(yes(), yes() ? "/var/log/pods" : "/data/pods-1")
                .withIncludeNamespaces(yes() ? List.of() : List.of(name()))
                .withExcludeNamespaces(yes() ? List.of() : List.of(name()))
                .withLabels(
                        yes() ? Map.of() : Map.of("app.kubernetes.io/name", "shop"),
                        yes() ? Map.of() : Map.of("logs", "off"))
                .withAnnotations(
                        yes() ? Map.of() : Map.of("example.io/logs", text().replace("$", "")),
                        yes() ? Map.of() : Map.of("quiet", text().replace("$", "")))
                .withMetadata(new PodMetadata(
                        yes() ? List.of() : List.of("app.kubernetes.io/version", "team"),
                        yes() ? List.of() : List.of(yes() ? "*" : "a.b/c")))
                .withMultiline(PodLogs.Multiline.values()[random.nextInt(PodLogs.Multiline.values().length)])
                .withMultilineStart("^\\[\\d+\\]")
                .withRedaction(redactions())
                .withParsing(PodLogs.Parsing.values()[random.nextInt(PodLogs.Parsing.values().length)])
                .withLinesPerSecondPerPod(random.nextInt(2) * 100)
                .withBurstLinesPerPod(random.nextInt(2) * 500);
    }

    private List<LineRedaction> redactions() {
        List<LineRedaction> redactions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            redactions.add(
                    yes()
                            ? new LineRedaction(
                                    LineRedaction.Known.values()[random.nextInt(LineRedaction.Known.values().length)],
                                    null,
                                    yes() ? null : "[gone]")
                            : new LineRedaction(
                                    null, yes() ? "(a|b)\"x\\d{3}$" : "key-[0-9]+", yes() ? null : "$0: gone"));
        }
        return redactions;
    }

    private Map<String, Destination> destinations() {
        Map<String, Destination> all = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            all.put(name() + i, destination());
        }
        return all;
    }

    private Destination destination() {
        return switch (random.nextInt(9)) {
            case 0 -> new Destination.Prometheus(url("/api/v1/write"), headers());
            case 1 -> new Destination.Mimir(url("/api/v1/push"), tenant(), headers());
            case 2 -> new Destination.Loki(url(yes() ? "/otlp" : "/else"), tenant(), headers());
            case 3 -> new Destination.Tempo(hostPort(), yes(), tenant(), headers());
            case 4 -> new Destination.Pyroscope(url(""), tenant(), headers());
            case 5 ->
                new Destination.Otlp(
                        Destination.Otlp.Protocol.GRPC, hostPort(), yes(), some(List.of(Signal.values())), headers());
            case 6 ->
                new Destination.Otlp(
                        Destination.Otlp.Protocol.HTTP, url("/x"), false, some(List.of(Signal.values())), headers());
            case 7 -> new Destination.Datadog("datadoghq.eu", "${env:KEY}", some(List.of(OTLP_SIGNALS)));
            default ->
                yes()
                        ? new Destination.Elasticsearch(url(""), "${env:KEY}", some(List.of(OTLP_SIGNALS)))
                        : new Destination.Kafka(
                                List.of(hostPort()),
                                "telemetry",
                                Destination.Kafka.Encoding.OTLP_JSON,
                                yes(),
                                some(List.of(OTLP_SIGNALS)));
        };
    }

    private Map<String, String> headers() {
        return yes() ? Map.of() : Map.of("X-Key", yes() ? "${env:KEY}" : "Bearer ${env:TOKEN}");
    }

    private @Nullable String tenant() {
        return yes() ? null : yes() ? "team-a" : "${env:TENANT}";
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            attributes.put(key(), text());
        }
        return attributes;
    }

    private List<StaticJob> jobs() {
        List<StaticJob> jobs = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            jobs.add(new StaticJob(
                    name() + (yes() ? "/" : ".") + i,
                    List.of(hostPort(), "${env:HOST}:80"),
                    yes() ? null : "/m$" + random.nextInt(9),
                    yes()));
        }
        return jobs;
    }

    private List<String> peers() {
        return switch (random.nextInt(3)) {
            case 0 -> List.of("127.0.0.1:7946", "127.0.0.1:7947");
            case 1 -> List.of("10.0.0.1:7946", "10.0.0.2:7946");
            default -> List.of();
        };
    }

    private <T> List<T> some(List<T> all) {
        List<T> some = new ArrayList<>(all.stream().filter(_ -> yes()).toList());
        if (some.isEmpty()) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return some;
    }

    private String url(String path) {
        return (yes() ? "http" : "https") + "://" + name() + ".example.com" + path;
    }

    private String hostPort() {
        return name() + ":" + (1 + random.nextInt(65_535));
    }

    private String name() {
        StringBuilder name = new StringBuilder().append((char) ('a' + random.nextInt(26)));
        for (int i = random.nextInt(6); i > 0; i--) {
            name.append(random.nextInt(5) == 0 ? '-' : (char) ('a' + random.nextInt(26)));
        }
        return name.append('z').toString();
    }

    private String key() {
        return "k" + text().replaceAll("\\s", "_");
    }

    private String duration() {
        return DURATIONS[random.nextInt(DURATIONS.length)];
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private boolean yes() {
        return random.nextBoolean();
    }
}

package io.lightvessel.render.otelcol;

import io.lightvessel.render.pipeline.Destination;
import io.lightvessel.render.pipeline.Pipeline;
import io.lightvessel.render.pipeline.RolePlan;
import io.lightvessel.render.pipeline.Sharing;
import io.lightvessel.render.pipeline.Source;
import io.lightvessel.render.pipeline.Step;
import java.util.List;

/** Writes a role's config in the agents' own dialect; what agents cannot do yet is passed over, for others to name. */
public final class AgentDialect {
    private final RolePlan plan;
    private final CollectorDocument document;

    private AgentDialect(RolePlan plan) {
        this.plan = plan;
        this.document = new CollectorDocument(plan);
    }

    public static String text(RolePlan plan) {
        return new AgentDialect(plan).text();
    }

    private String text() {
        plan.pipelines().forEach(this::pipeline);
        Sharing sharing = plan.sharing();
        if (sharing != null && document.fetches()) {
            document.extension(FetchDialect.CLUSTER, FetchDialect.cluster(sharing));
        }
        document.idleIfEmpty();
        return document.text();
    }

    private void pipeline(Pipeline pipeline) {
        List<Source> sources = pipeline.sources();
        List<Destination> destinations =
                pipeline.destinations().stream().filter(AgentDialect::isKnown).toList();
        if (sources.isEmpty() || destinations.isEmpty()) {
            return;
        }
        document.pipeline(
                pipeline,
                sources.stream().map(this::receiver).toList(),
                pipeline.steps().stream()
                        .filter(AgentDialect::isKnown)
                        .map(step -> document.step(step, pipeline.first()))
                        .toList(),
                destinations.stream().map(this::exporter).toList());
    }

    private static boolean isKnown(Step step) {
        return !(step instanceof Step.Redact) && !(step instanceof Step.SampleTail);
    }

    private static boolean isKnown(Destination destination) {
        return switch (destination) {
            case Destination.RemoteWrite _, Destination.OtlpGrpc _, Destination.OtlpHttp _, Destination.Pyroscope _ ->
                true;
            case Destination.Datadog _, Destination.Elasticsearch _, Destination.Kafka _ -> false;
        };
    }

    private String receiver(Source source) {
        boolean shared = plan.sharing() != null;
        return switch (source) {
            case Source.Otlp otlp ->
                document.receiver(
                        "otlp",
                        CommonComponents.otlp(
                                endpoint("LIGHTVESSEL_OTLP_GRPC_ENDPOINT", otlp.grpcPort()),
                                endpoint("LIGHTVESSEL_OTLP_HTTP_ENDPOINT", otlp.httpPort())));
            case Source.Jaeger jaeger -> document.receiver("jaeger", CommonComponents.jaeger(jaeger));
            case Source.Zipkin zipkin -> document.receiver("zipkin", CommonComponents.zipkin(zipkin));
            case Source.Scrape scrape -> document.receiver("prometheus", FetchDialect.prometheus(scrape, shared));
            case Source.ProfilePull pull -> document.receiver("pprof", FetchDialect.pprof(pull, shared));
            case Source.PodLogs pods -> document.receiver("podlogs", AgentPodLogs.receiver(pods.logs()));
            case Source.NodeProfiles node -> document.receiver("ebpf", CommonComponents.ebpf(node));
        };
    }

    private String exporter(Destination destination) {
        String name = destination.name();
        return switch (destination) {
            case Destination.RemoteWrite to ->
                document.exporter("prometheusremotewrite/" + name, CommonComponents.remoteWrite(to));
            case Destination.OtlpGrpc to -> document.exporter("otlp/" + name, CommonComponents.otlpGrpc(to));
            case Destination.OtlpHttp to -> document.exporter("otlphttp/" + name, CommonComponents.otlpHttp(to));
            case Destination.Pyroscope to -> document.exporter("pyroscope/" + name, CommonComponents.pyroscope(to));
            case Destination.Datadog _, Destination.Elasticsearch _, Destination.Kafka _ -> throw unknown(destination);
        };
    }

    private static IllegalArgumentException unknown(Object part) {
        return new IllegalArgumentException(part + " (expected: something that agents know)");
    }

    private static String endpoint(String variable, int port) {
        return "${env:%s:-0.0.0.0:%d}".formatted(variable, port);
    }
}

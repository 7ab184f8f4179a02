package io.lightvessel.render.otelcol;

import io.lightvessel.config.Signal;
import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.Rendering;
import io.lightvessel.render.pipeline.Destination;
import io.lightvessel.render.pipeline.MetricTargets;
import io.lightvessel.render.pipeline.Pipeline;
import io.lightvessel.render.pipeline.RolePlan;
import io.lightvessel.render.pipeline.Source;
import io.lightvessel.render.pipeline.StockJobs;
import io.lightvessel.render.text.Tree;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.RenderedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a role's config for a stock Collector, with the components of its contrib distribution. */
public final class StockDialect {
    private static final String NO_PROFILES =
            "render the stack for Alloy or for Lightvessel's agents, or run one of them beside the Collector";

    private final RolePlan plan;
    private final CollectorDocument document;
    private final List<RenderFinding> findings = new ArrayList<>();

    private StockDialect(RolePlan plan) {
        this.plan = plan;
        this.document = new CollectorDocument(plan);
    }

    public static Rendering render(RolePlan plan) {
        return new StockDialect(plan).render();
    }

    private Rendering render() {
        document.extension("health_check", Tree.of("endpoint", "0.0.0.0:13133"));
        plan.pipelines().forEach(this::pipeline);
        document.idleIfEmpty();
        String name = plan.role().wireName();
        List<RenderedFile> files = new ArrayList<>();
        files.add(RenderedFile.yaml(name + ".yaml", document.text()));
        if (OperatorResource.isNeeded(plan)) {
            files.add(RenderedFile.yaml(name + ".operator.yaml", OperatorResource.text(plan, document.tree())));
        }
        files.add(RenderedFile.yaml(name + ".builder.yaml", BuilderManifest.text(plan, document.types())));
        findings.addAll(OperatorResource.findings(plan));
        return new Rendering(files, findings);
    }

    private void pipeline(Pipeline pipeline) {
        if (pipeline.signal() == Signal.PROFILES) {
            withoutProfiles(pipeline);
            return;
        }
        document.pipeline(
                pipeline,
                pipeline.sources().stream().map(this::receiver).toList(),
                steps(pipeline),
                pipeline.destinations().stream().map(this::exporter).toList());
    }

    private List<String> steps(Pipeline pipeline) {
        List<String> steps = new ArrayList<>();
        if (pipeline.first() instanceof Source.PodLogs(PodLogs logs)
                && !logs.metadata().addsNothing()) {
            steps.add(document.processor("k8sattributes", StockPodLogs.metadata(logs.metadata())));
        }
        pipeline.steps().forEach(step -> steps.add(document.step(step, pipeline.first())));
        return steps;
    }

    private void withoutProfiles(Pipeline pipeline) {
        for (Source source : pipeline.sources()) {
            say(RenderFinding.leftOut(
                    source.path(),
                    source instanceof Source.NodeProfiles
                            ? "the Collector's distribution has no receiver that profiles processes"
                            : "the Collector has no receiver that takes profiles from targets",
                    NO_PROFILES));
        }
        for (Destination destination : pipeline.destinations()) {
            say(
                    destination instanceof Destination.Pyroscope
                            ? RenderFinding.leftOut(
                                    destination.path(),
                                    "the Collector has no exporter for Pyroscope's push API",
                                    NO_PROFILES)
                            : RenderFinding.leftOut(
                                    destination.path() + ".signals",
                                    "the Collector has no profiles that it could send",
                                    NO_PROFILES));
        }
    }

    private void say(RenderFinding finding) {
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    private String receiver(Source source) {
        return switch (source) {
            case Source.Otlp otlp ->
                document.receiver(
                        "otlp", CommonComponents.otlp("0.0.0.0:" + otlp.grpcPort(), "0.0.0.0:" + otlp.httpPort()));
            case Source.Jaeger jaeger -> document.receiver("jaeger", CommonComponents.jaeger(jaeger));
            case Source.Zipkin zipkin -> document.receiver("zipkin", CommonComponents.zipkin(zipkin));
            case Source.Scrape scrape -> document.receiver("prometheus", Tree.of("config", prometheus(scrape)));
            case Source.PodLogs pods -> {
                document.extension(StockPodLogs.STORAGE, StockPodLogs.storage());
                StockPodLogs.findings(pods.logs()).forEach(this::say);
                yield document.receiver("filelog/pods", StockPodLogs.receiver(pods.logs()));
            }
            case Source.ProfilePull _, Source.NodeProfiles _ ->
                throw new IllegalArgumentException(source.path() + ": profiles (expected: another signal)");
        };
    }

    private static Map<String, Object> prometheus(Source.Scrape scrape) {
        List<Object> jobs = new ArrayList<>();
        for (MetricTargets targets : scrape.targets()) {
            StockJobs.of(targets).forEach(job -> jobs.add(JobYaml.metrics(job)));
        }
        return Tree.of("global", Tree.of("scrape_interval", scrape.interval()), "scrape_configs", jobs);
    }

    private String exporter(Destination destination) {
        String name = destination.name();
        return switch (destination) {
            case Destination.RemoteWrite to ->
                document.exporter("prometheusremotewrite/" + name, CommonComponents.remoteWrite(to));
            case Destination.OtlpGrpc to -> document.exporter("otlp/" + name, CommonComponents.otlpGrpc(to));
            case Destination.OtlpHttp to -> document.exporter("otlphttp/" + name, CommonComponents.otlpHttp(to));
            case Destination.Datadog to ->
                document.exporter("datadog/" + name, Tree.of("api", Tree.of("site", to.site(), "key", to.apiKey())));
            case Destination.Elasticsearch to -> document.exporter("elasticsearch/" + name, elasticsearch(to));
            case Destination.Kafka to -> document.exporter("kafka/" + name, kafka(to));
            case Destination.Pyroscope _ ->
                throw new IllegalArgumentException(destination.path() + ": Pyroscope (expected: another signal's)");
        };
    }

    private static Map<String, Object> elasticsearch(Destination.Elasticsearch to) {
        Map<String, Object> settings = Tree.of("endpoint", to.url());
        if (to.apiKey() != null) {
            settings.put("api_key", to.apiKey());
        }
        return settings;
    }

    private static Map<String, Object> kafka(Destination.Kafka to) {
        Map<String, Object> settings = Tree.of("brokers", to.brokers());
        to.topics()
                .forEach((signal, topic) ->
                        settings.put(signal.label(), Tree.of("topic", topic, "encoding", to.encoding())));
        if (to.tls()) {
            settings.put("tls", Tree.of("insecure", false));
        }
        return settings;
    }
}

package io.lightvessel.render.alloy;

import io.lightvessel.config.Signal;
import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.Rendering;
import io.lightvessel.render.pipeline.Pipeline;
import io.lightvessel.render.pipeline.RolePlan;
import io.lightvessel.render.pipeline.Sharing;
import io.lightvessel.render.pipeline.Source;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.wire.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a role's config for Grafana Alloy. */
public final class AlloyDialect {
    private static final String PLAIN_TEXT = "text/plain";

    private final RolePlan plan;
    private final AlloyFile file = new AlloyFile();
    private final Exporters exporters = new Exporters(file);
    private final Fetching fetching;

    private AlloyDialect(RolePlan plan) {
        this.plan = plan;
        this.fetching = new Fetching(file, plan.sharing() != null);
    }

    public static Rendering render(RolePlan plan) {
        return new AlloyDialect(plan).render();
    }

    private Rendering render() {
        receive();
        for (Pipeline pipeline : plan.pipelines()) {
            for (Source source : pipeline.sources()) {
                fetch(pipeline, source);
            }
        }
        List<String> comment = new ArrayList<>(List.of(
                "Cluster %s, role %s."
                        .formatted(plan.facts().cluster(), plan.role().wireName()),
                "Rendered by Lightvessel from the cluster's stack: change the stack, not this text."));
        if (plan.isIdle()) {
            comment.add("The stack leaves this role nothing to do.");
        }
        String name = plan.role().wireName();
        List<RenderedFile> files = new ArrayList<>();
        files.add(file(name + ".alloy", file.text(comment)));
        Sharing sharing = plan.sharing();
        if (sharing != null) {
            files.add(file(name + ".args", arguments(sharing)));
            file.say(RenderFinding.needs(
                    "gateway.clustering",
                    "Alloy clusters by its command line, not by its config",
                    "run it with the arguments in %s.args".formatted(name)));
        }
        return new Rendering(files, file.findings());
    }

    private void fetch(Pipeline pipeline, Source source) {
        switch (source) {
            case Source.Otlp _, Source.Jaeger _, Source.Zipkin _ -> {
                // What producers send is written together, for all signals.
            }
            case Source.Scrape scrape -> {
                List<String> receivers = exporters.seriesReceivers(pipeline.destinations());
                if (!receivers.isEmpty()) {
                    fetching.scrape(scrape, receivers);
                }
            }
            case Source.ProfilePull pull -> {
                List<String> receivers = exporters.profileReceivers(pipeline.destinations());
                if (!receivers.isEmpty()) {
                    fetching.pull(pull, receivers);
                }
            }
            case Source.PodLogs pods -> new PodLogRiver(file, exporters, fetching).write(pipeline, pods);
            case Source.NodeProfiles node -> {
                List<String> receivers = exporters.profileReceivers(pipeline.destinations());
                if (!receivers.isEmpty()) {
                    NodeProfiling.write(file, fetching, node, receivers);
                }
            }
        }
    }

    private void receive() {
        OtlpFlow flow = new OtlpFlow(file, exporters, "");
        Map<Source, Map<Signal, List<String>>> first = new LinkedHashMap<>();
        for (Pipeline pipeline : plan.pipelines()) {
            if (!(pipeline.first() instanceof Source.Otlp)) {
                continue;
            }
            List<String> next = flow.lay(pipeline);
            if (!next.isEmpty()) {
                pipeline.sources()
                        .forEach(source -> first.computeIfAbsent(source, _ -> new EnumMap<>(Signal.class))
                                .put(pipeline.signal(), next));
            }
        }
        first.forEach(this::receiver);
        flow.write();
    }

    private void receiver(Source source, Map<Signal, List<String>> next) {
        switch (source) {
            case Source.Otlp otlp ->
                file.component("otelcol.receiver.otlp", "default", block -> {
                    endpoint(block, "grpc", otlp.grpcPort());
                    endpoint(block, "http", otlp.httpPort());
                    block.block("output", OtlpFlow.output(next));
                });
            case Source.Jaeger jaeger ->
                file.component("otelcol.receiver.jaeger", "default", block -> {
                    block.block("protocols", protocols -> {
                        endpoint(protocols, "grpc", jaeger.grpcPort());
                        endpoint(protocols, "thrift_http", jaeger.thriftHttpPort());
                    });
                    block.block("output", OtlpFlow.output(next));
                });
            case Source.Zipkin zipkin ->
                file.component("otelcol.receiver.zipkin", "default", block -> {
                    block.verbatim("endpoint", "0.0.0.0:" + zipkin.port());
                    block.block("output", OtlpFlow.output(next));
                });
            case Source.Scrape _, Source.ProfilePull _, Source.PodLogs _, Source.NodeProfiles _ ->
                throw new IllegalArgumentException(source.path() + ": fetched (expected: a source that is sent to)");
        }
    }

    private static void endpoint(RiverBlock block, String protocol, int port) {
        block.block(protocol, inner -> inner.verbatim("endpoint", "0.0.0.0:" + port));
    }

    private static String arguments(Sharing sharing) {
        String join = sharing.inKubernetes()
                ? "%s.%s:%d".formatted(sharing.service(), sharing.namespace(), sharing.port())
                : String.join(",", sharing.peers());
        return String.join(
                        "\n",
                        "--server.http.listen-addr=%s:%d"
                                .formatted(sharing.onOneMachine() ? "127.0.0.1" : "0.0.0.0", sharing.port()),
                        "--cluster.enabled=true",
                        "--cluster.name=" + sharing.name(),
                        "--cluster.join-addresses=" + join)
                + "\n";
    }

    private static RenderedFile file(String name, String text) {
        return new RenderedFile(name, PLAIN_TEXT, text, Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8)));
    }
}

package io.lightvessel.render.pipeline;

import io.lightvessel.config.Signal;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.Clustering;
import io.lightvessel.stack.Collector;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.Processors;
import io.lightvessel.stack.Receivers;
import io.lightvessel.stack.Scraping;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.StaticJob;
import io.lightvessel.wire.AgentRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a role does out of a stack and the facts of its cluster. */
public final class PlanReader {
    private final StackSpec spec;
    private final ClusterFacts facts;
    private final DestinationReader destinations;
    private final List<Pipeline> pipelines = new ArrayList<>();

    private PlanReader(StackSpec spec, ClusterFacts facts) {
        this.spec = spec;
        this.facts = facts;
        this.destinations = new DestinationReader(spec, Map.of("cluster", facts.cluster()));
    }

    public static RolePlan read(StackSpec spec, ClusterFacts facts, AgentRole role) {
        PlanReader reader = new PlanReader(spec, facts);
        switch (role) {
            case GATEWAY -> reader.gateway();
            case COLLECTOR -> reader.collector();
            case EDGE -> {
                reader.gateway();
                reader.collector();
            }
        }
        // An edge has no replicas.
        boolean shared = role == AgentRole.GATEWAY && isShared(spec);
        return new RolePlan(
                role,
                facts,
                reader.pipelines,
                shared ? sharing(spec.gateway()) : null,
                role == AgentRole.GATEWAY ? replicas(spec.gateway()) : null);
    }

    /** Whether a stack's gateways have anything to agree about. */
    public static boolean isShared(StackSpec spec) {
        return spec.gateway().clustering().enabled() && (scrapes(spec) || pulls(spec));
    }

    private static boolean scrapes(StackSpec spec) {
        return spec.gateway().scraping().hasTargets() && spec.backends().takes(io.lightvessel.stack.Signal.METRICS);
    }

    private static boolean pulls(StackSpec spec) {
        return spec.gateway().profiles().hasTargets() && spec.backends().takes(io.lightvessel.stack.Signal.PROFILES);
    }

    private void gateway() {
        Gateway gateway = spec.gateway();
        Receivers receivers = gateway.receivers();
        List<Source> received = new ArrayList<>();
        received.add(
                new Source.Otlp(receivers.otlp().grpcPort(), receivers.otlp().httpPort()));
        add(Signal.TRACES, withSpans(received, receivers), steps(Signal.TRACES));
        add(Signal.METRICS, received, steps(Signal.METRICS));
        add(Signal.LOGS, received, steps(Signal.LOGS));
        // What is fetched goes straight to its backend, in the form it was fetched in: steps would make OTLP of it.
        if (gateway.scraping().hasTargets()) {
            add(Signal.METRICS, List.of(scrape(gateway.scraping())), List.of());
        }
        if (gateway.profiles().hasTargets()) {
            Source pull = new Source.ProfilePull(gateway.profiles().interval(), ProfileJobs.of(gateway.profiles()));
            add(Signal.PROFILES, List.of(pull), List.of());
        }
    }

    private static List<Source> withSpans(List<Source> received, Receivers receivers) {
        List<Source> spans = new ArrayList<>(received);
        if (receivers.jaeger().enabled()) {
            spans.add(new Source.Jaeger(
                    receivers.jaeger().grpcPort(), receivers.jaeger().thriftHttpPort()));
        }
        if (receivers.zipkin().enabled()) {
            spans.add(new Source.Zipkin(receivers.zipkin().port()));
        }
        return spans;
    }

    /** What is done to a signal at the gateway, in the order the stack's processors are documented to have. */
    private List<Step> steps(Signal signal) {
        Gateway gateway = spec.gateway();
        Processors processors = gateway.processors();
        io.lightvessel.stack.Signal same = io.lightvessel.stack.Signal.valueOf(signal.name());
        List<Step> steps = new ArrayList<>();
        if (processors.memoryLimiter().enabled()) {
            steps.add(new Step.LimitMemory(processors.memoryLimiter()));
        }
        steps.add(attributes("gateway.resourceAttributes", gateway.resourceAttributes()));
        if (!processors.attributes().isEmpty()) {
            steps.add(new Step.ChangeAttributes(processors.attributes()));
        }
        if (!processors.transform().none(same)) {
            steps.add(new Step.Transform(processors.transform()));
        }
        if (!processors.filter().none(same)) {
            steps.add(new Step.DropIf(processors.filter()));
        }
        if (processors.redaction().enabled()) {
            steps.add(new Step.Redact(processors.redaction()));
        }
        if (signal == Signal.TRACES && spec.sampling().gatewayPercent() < 100) {
            steps.add(new Step.SampleShare(spec.sampling().gatewayPercent()));
        }
        if (signal == Signal.TRACES && spec.sampling().tail().enabled()) {
            steps.add(new Step.SampleTail(spec.sampling().tail()));
        }
        steps.add(batch(gateway.batch()));
        return steps;
    }

    private void collector() {
        Collector collector = spec.collector();
        if (collector.podLogs().enabled()) {
            add(
                    Signal.LOGS,
                    List.of(new Source.PodLogs(collector.podLogs())),
                    List.of(
                            attributes("collector.resourceAttributes", collector.resourceAttributes()),
                            batch(spec.gateway().batch())));
        }
        if (collector.profiles().enabled()) {
            add(Signal.PROFILES, List.of(new Source.NodeProfiles(collector.profiles())), List.of());
        }
    }

    private void add(Signal signal, List<Source> sources, List<Step> steps) {
        List<Destination> to = destinations.of(signal);
        if (!to.isEmpty()) {
            pipelines.add(new Pipeline(signal, sources, steps, to));
        }
    }

    private static Source scrape(Scraping scraping) {
        List<MetricTargets> targets = new ArrayList<>();
        scraping.jobs().forEach(job -> targets.add(new MetricTargets.Fixed(fixed(job))));
        if (scraping.serviceMonitors()) {
            targets.add(new MetricTargets.Monitors(MetricTargets.Monitors.Kind.SERVICE_MONITORS));
        }
        if (scraping.podMonitors()) {
            targets.add(new MetricTargets.Monitors(MetricTargets.Monitors.Kind.POD_MONITORS));
        }
        if (scraping.annotations().enabled()) {
            targets.add(new MetricTargets.Annotated(scraping.annotations().prefix()));
        }
        if (scraping.kubelets()) {
            targets.add(new MetricTargets.Kubelets());
        }
        scraping.presets().forEach(preset -> targets.add(new MetricTargets.WellKnown(preset)));
        return new Source.Scrape(scraping.interval(), targets);
    }

    static FetchJob fixed(StaticJob job) {
        return new FetchJob(
                job.name(), job.tls(), job.path(), new FetchJob.Discovery.Fixed(job.targets()), List.of(), List.of());
    }

    /** The cluster's own attributes come first; what the stack says about the same attribute wins. */
    private Step attributes(String path, Map<String, String> fromStack) {
        SortedMap<String, String> attributes = new TreeMap<>();
        attributes.put("k8s.cluster.name", facts.cluster());
        if (!facts.environment().isEmpty()) {
            attributes.put("deployment.environment.name", facts.environment());
        }
        attributes.putAll(fromStack);
        return new Step.SetAttributes(path, attributes);
    }

    private static Step batch(Gateway.Batch batch) {
        return new Step.Batch(batch.timeout(), batch.sendBatchSize(), batch.sendBatchMaxSize());
    }

    private static Sharing sharing(Gateway gateway) {
        Clustering clustering = gateway.clustering();
        return new Sharing(
                gateway.namespace() + "/" + gateway.serviceName(),
                gateway.namespace(),
                clusterService(gateway),
                clustering.port(),
                clustering.peers(),
                clustering.onOneMachine());
    }

    private static Replicas replicas(Gateway gateway) {
        return new Replicas(gateway.serviceName(), gateway.namespace(), gateway.replicas(), gateway.scaling());
    }

    /** The name of the headless Service through which replicas find each other. */
    public static String clusterService(Gateway gateway) {
        return gateway.serviceName() + "-cluster";
    }
}

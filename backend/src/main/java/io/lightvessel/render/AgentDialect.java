package io.lightvessel.render;

import io.lightvessel.stack.Backends;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a role's config in the agents' own dialect, OpenTelemetry Collector YAML. */
final class AgentDialect {
    private static final String OTLP = "otlp";
    private static final String POD_LOGS = "filelog/pods";
    private static final String METRICS_EXPORTER = "prometheusremotewrite/metrics";
    private static final String TRACES_EXPORTER = "otlp/traces";
    private static final String LOGS_EXPORTER = "otlphttp/logs";
    private static final String PROFILES_EXPORTER = "pyroscope/profiles";
    private static final Pattern DOLLAR = Pattern.compile("\\$\\{env:[A-Za-z_][A-Za-z0-9_]*(:-[^{}]*)?}|\\$");

    private final StackSpec spec;
    private final ClusterFacts facts;
    private final AgentRole role;

    private final Map<String, Object> receivers = new LinkedHashMap<>();
    private final Map<String, Object> processors = new LinkedHashMap<>();
    private final Map<String, Object> exporters = new LinkedHashMap<>();
    private final Map<String, Object> extensions = new LinkedHashMap<>();
    private final Map<String, Object> pipelines = new LinkedHashMap<>();

    AgentDialect(StackSpec spec, ClusterFacts facts, AgentRole role) {
        this.spec = spec;
        this.facts = facts;
        this.role = role;
    }

    String text() {
        switch (role) {
            case GATEWAY -> gateway();
            case COLLECTOR -> collector();
            case EDGE -> {
                gateway();
                collector();
            }
        }
        if (pipelines.isEmpty()) {
            idle();
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("receivers", receivers);
        if (!processors.isEmpty()) {
            document.put("processors", processors);
        }
        document.put("exporters", exporters);
        Map<String, Object> service = new LinkedHashMap<>();
        if (!extensions.isEmpty()) {
            document.put("extensions", extensions);
            service.put("extensions", List.copyOf(extensions.keySet()));
        }
        service.put("pipelines", pipelines);
        document.put("service", service);
        return Yaml.write(
                List.of(
                        "Cluster %s, role %s.".formatted(facts.cluster(), role.wireName()),
                        "Rendered by Lightvessel from the cluster's stack: change the stack, not this text."),
                document);
    }

    private void gateway() {
        Backends backends = spec.backends();
        List<String> signals = new ArrayList<>();
        if (backends.traces() != null) {
            signals.add("traces");
        }
        if (backends.metrics() != null) {
            signals.add("metrics");
        }
        if (backends.logs() != null) {
            signals.add("logs");
        }
        if (!signals.isEmpty()) {
            receive(signals);
        }
        fetch();
    }

    private void receive(List<String> signals) {
        Gateway gateway = spec.gateway();
        receivers.put(
                OTLP,
                ordered(
                        "protocols",
                        ordered(
                                "grpc",
                                endpoint(
                                        "LIGHTVESSEL_OTLP_GRPC_ENDPOINT",
                                        gateway.otlp().grpcPort()),
                                "http",
                                endpoint(
                                        "LIGHTVESSEL_OTLP_HTTP_ENDPOINT",
                                        gateway.otlp().httpPort()))));
        resourceProcessor("resource", gateway.resourceAttributes());
        batchProcessor();
        for (String signal : signals) {
            pipeline(signal, OTLP, "resource", exporter(signal));
        }
    }

    /** What is fetched goes straight to its backend, in the form it was fetched in: processors would make OTLP of it. */
    private void fetch() {
        // An edge has no replicas.
        boolean shared = role == AgentRole.GATEWAY && FetchDialect.isShared(spec);
        FetchDialect dialect = new FetchDialect(spec.gateway(), shared);
        if (FetchDialect.scrapes(spec)) {
            receivers.put(FetchDialect.PROMETHEUS, dialect.prometheus());
            straight("metrics/scrape", FetchDialect.PROMETHEUS, exporter("metrics"));
        }
        if (FetchDialect.pulls(spec)) {
            receivers.put(FetchDialect.PPROF, dialect.pprof());
            straight("profiles", FetchDialect.PPROF, exporter("profiles"));
        }
        if (shared) {
            extensions.put(FetchDialect.CLUSTER, dialect.cluster());
        }
    }

    private void straight(String id, String receiver, String exporter) {
        pipelines.put(id, ordered("receivers", List.of(receiver), "exporters", List.of(exporter)));
    }

    private void collector() {
        if (spec.backends().logs() == null || !spec.collector().podLogs().enabled()) {
            return;
        }
        receivers.put(
                POD_LOGS,
                ordered(
                        "include",
                        List.of("${env:LIGHTVESSEL_POD_LOGS:-%s}/*/*/*.log"
                                .formatted(spec.collector().podLogs().path())),
                        "start_at",
                        "beginning",
                        "include_file_path",
                        true,
                        "include_file_name",
                        false,
                        "operators",
                        List.of(ordered("type", "container"))));
        String resource = role == AgentRole.EDGE ? "resource/pods" : "resource";
        resourceProcessor(resource, spec.collector().resourceAttributes());
        batchProcessor();
        String pipeline = role == AgentRole.EDGE ? "logs/pods" : "logs";
        pipeline(pipeline, POD_LOGS, resource, exporter("logs"));
    }

    /** The dialect knows no config without a pipeline, so a role with nothing to do follows a file that cannot exist. */
    private void idle() {
        receivers.put("filelog/nothing", ordered("include", List.of("/dev/null/nothing")));
        exporters.put("debug", Map.of());
        pipelines.put("logs/nothing", ordered("receivers", List.of("filelog/nothing"), "exporters", List.of("debug")));
    }

    private String exporter(String signal) {
        return switch (signal) {
            case "metrics" -> metricsExporter();
            case "traces" -> tracesExporter();
            case "logs" -> logsExporter();
            case "profiles" -> profilesExporter();
            default ->
                throw new IllegalArgumentException(
                        "signal: " + signal + " (expected: metrics, traces, logs or profiles)");
        };
    }

    private String metricsExporter() {
        Backends.Http backend = required(spec.backends().metrics(), "metrics");
        Map<String, Object> labels = new TreeMap<>();
        labels.put("cluster", facts.cluster());
        Map<String, Object> settings = ordered("endpoint", escaped(backend.endpoint()));
        settings.put("external_labels", labels);
        headers(settings, backend.headers());
        exporters.put(METRICS_EXPORTER, settings);
        return METRICS_EXPORTER;
    }

    private String tracesExporter() {
        Backends.Grpc backend = required(spec.backends().traces(), "traces");
        Map<String, Object> settings = ordered("endpoint", escaped(backend.endpoint()));
        if (backend.insecure()) {
            settings.put("tls", ordered("insecure", true));
        }
        headers(settings, backend.headers());
        exporters.put(TRACES_EXPORTER, settings);
        return TRACES_EXPORTER;
    }

    private String logsExporter() {
        Backends.Http backend = required(spec.backends().logs(), "logs");
        Map<String, Object> settings = ordered("endpoint", escaped(backend.endpoint()));
        headers(settings, backend.headers());
        exporters.put(LOGS_EXPORTER, settings);
        return LOGS_EXPORTER;
    }

    private String profilesExporter() {
        Backends.Http backend = required(spec.backends().profiles(), "profiles");
        Map<String, Object> settings = ordered("endpoint", escaped(backend.endpoint()));
        settings.put("external_labels", ordered("cluster", facts.cluster()));
        headers(settings, backend.headers());
        exporters.put(PROFILES_EXPORTER, settings);
        return PROFILES_EXPORTER;
    }

    private static void headers(Map<String, Object> settings, Map<String, String> headers) {
        if (!headers.isEmpty()) {
            settings.put("headers", headers);
        }
    }

    /** Sets the cluster's own attributes first; what the stack says about the same attribute wins. */
    private void resourceProcessor(String id, Map<String, String> fromStack) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("k8s.cluster.name", facts.cluster());
        if (!facts.environment().isEmpty()) {
            attributes.put("deployment.environment.name", facts.environment());
        }
        attributes.putAll(fromStack);
        List<Object> actions = new ArrayList<>();
        attributes.forEach(
                (key, value) -> actions.add(ordered("key", escaped(key), "value", escaped(value), "action", "upsert")));
        processors.put(id, ordered("attributes", actions));
    }

    private void batchProcessor() {
        Gateway.Batch batch = spec.gateway().batch();
        processors.put(
                "batch",
                ordered(
                        "timeout",
                        batch.timeout(),
                        "send_batch_size",
                        batch.sendBatchSize(),
                        "send_batch_max_size",
                        batch.sendBatchMaxSize()));
    }

    private void pipeline(String id, String receiver, String resource, String exporter) {
        pipelines.put(
                id,
                ordered(
                        "receivers", List.of(receiver),
                        "processors", List.of(resource, "batch"),
                        "exporters", List.of(exporter)));
    }

    private static Map<String, Object> endpoint(String variable, int port) {
        return ordered("endpoint", "${env:%s:-0.0.0.0:%d}".formatted(variable, port));
    }

    /** A dollar sign means a placeholder to the agent; one that is not the start of a placeholder is doubled. */
    static String escaped(String value) {
        Matcher dollar = DOLLAR.matcher(value);
        return dollar.replaceAll(found -> Matcher.quoteReplacement(found.group().length() == 1 ? "$$" : found.group()));
    }

    private static <T> T required(@Nullable T backend, String signal) {
        if (backend == null) {
            throw new IllegalStateException("no backend for " + signal);
        }
        return backend;
    }

    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}

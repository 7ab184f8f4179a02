package io.lightvessel.render.companion;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.text.Tree;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes Grafana's data sources, each with ways to the others: traces, logs, series and profiles of the same thing. */
final class GrafanaSettings {
    private final BackendFiles files;
    private final Systems systems;
    private final Backends.Grafana grafana;

    private GrafanaSettings(BackendFiles files, Systems systems, Backends.Grafana grafana) {
        this.files = files;
        this.systems = systems;
        this.grafana = grafana;
    }

    static void write(BackendFiles files, Systems systems, Backends.Grafana grafana) {
        List<Object> sources = new GrafanaSettings(files, systems, grafana).sources();
        if (!sources.isEmpty()) {
            files.yaml("grafana-datasources.yaml", Tree.of("apiVersion", 1, "datasources", sources));
        }
        if (systems.haveMetrics() && systems.tempo() != null) {
            files.json("grafana-red.json", RedDashboard.of(grafana.metricsDatasourceUid()));
        }
    }

    private List<Object> sources() {
        List<Object> sources = new ArrayList<>();
        if (systems.mimir() != null) {
            String push = systems.mimir().destination().endpoint();
            sources.add(metrics(
                    "Mimir",
                    push.replaceFirst("/api/v1/push$", "") + "/prometheus",
                    systems.mimir().destination().allHeaders()));
        } else if (systems.prometheus() != null) {
            sources.add(metrics(
                    "Prometheus",
                    systems.prometheus().destination().endpoint().replaceFirst("/api/v1/write$", ""),
                    systems.prometheus().destination().headers()));
        }
        if (systems.loki() != null) {
            sources.add(loki());
        }
        if (systems.tempo() != null) {
            sources.add(tempo());
        }
        if (systems.pyroscope() != null) {
            sources.add(source(
                    "Pyroscope",
                    "grafana-pyroscope-datasource",
                    grafana.profilesDatasourceUid(),
                    systems.pyroscope().destination().endpoint(),
                    Tree.of(),
                    systems.pyroscope().destination().allHeaders()));
        }
        return sources;
    }

    private Map<String, Object> metrics(String name, String url, Map<String, String> headers) {
        Map<String, Object> settings = Tree.of("httpMethod", "POST");
        if (systems.tempo() != null) {
            settings.put(
                    "exemplarTraceIdDestinations",
                    List.of(
                            Tree.of("name", "trace_id", "datasourceUid", grafana.tracesDatasourceUid()),
                            Tree.of("name", "traceID", "datasourceUid", grafana.tracesDatasourceUid())));
        }
        return source(name, "prometheus", grafana.metricsDatasourceUid(), url, settings, headers);
    }

    private Map<String, Object> loki() {
        Systems.Named<Destination.Loki> loki = required(systems.loki());
        Map<String, Object> settings = Tree.of();
        if (systems.tempo() != null) {
            settings.put(
                    "derivedFields",
                    List.of(Tree.of(
                            "name",
                            "trace",
                            "matcherType",
                            "label",
                            "matcherRegex",
                            "trace_id",
                            // Grafana would take one dollar sign for a variable of its environment.
                            "url",
                            "$${__value.raw}",
                            "datasourceUid",
                            grafana.tracesDatasourceUid())));
        }
        return source(
                "Loki",
                "loki",
                grafana.logsDatasourceUid(),
                loki.destination().endpoint().replaceFirst("/otlp$", ""),
                settings,
                loki.destination().allHeaders());
    }

    private Map<String, Object> tempo() {
        Systems.Named<Destination.Tempo> tempo = required(systems.tempo());
        Map<String, Object> settings = Tree.of("nodeGraph", Tree.of("enabled", true));
        if (systems.loki() != null) {
            settings.put(
                    "tracesToLogsV2",
                    Tree.of(
                            "datasourceUid",
                            grafana.logsDatasourceUid(),
                            "spanStartTimeShift",
                            "-5m",
                            "spanEndTimeShift",
                            "5m",
                            "filterByTraceID",
                            false,
                            "tags",
                            List.of(
                                    tag("k8s.namespace.name", "k8s_namespace_name"),
                                    tag("k8s.pod.name", "k8s_pod_name"))));
        }
        if (systems.haveMetrics()) {
            settings.put("serviceMap", Tree.of("datasourceUid", grafana.metricsDatasourceUid()));
            settings.put(
                    "tracesToMetrics",
                    Tree.of(
                            "datasourceUid",
                            grafana.metricsDatasourceUid(),
                            "tags",
                            List.of(tag("service.name", "service")),
                            "queries",
                            List.of(
                                    Tree.of(
                                            "name",
                                            "Requests per second",
                                            "query",
                                            "sum(rate(%s{$$__tags}[5m]))".formatted(RedRules.CALLS)),
                                    Tree.of(
                                            "name",
                                            "Slowest 5%",
                                            "query",
                                            "histogram_quantile(0.95, sum by (le) (rate(%s{$$__tags}[5m])))"
                                                    .formatted(RedRules.LATENCY)))));
        }
        if (systems.pyroscope() != null) {
            settings.put(
                    "tracesToProfiles",
                    Tree.of(
                            "datasourceUid",
                            grafana.profilesDatasourceUid(),
                            "profileTypeId",
                            "process_cpu:cpu:nanoseconds:cpu:nanoseconds",
                            "tags",
                            List.of(tag("service.name", "service_name"))));
        }
        String host = tempo.destination().endpoint().replaceFirst(":\\d+$", "");
        files.say(RenderFinding.differs(
                tempo.path(),
                "the stack knows where Tempo takes spans, not where it answers; its usual port 3200 is taken",
                "change the data source's url where Tempo answers elsewhere"));
        return source(
                "Tempo",
                "tempo",
                grafana.tracesDatasourceUid(),
                (tempo.destination().insecure() ? "http://" : "https://") + host + ":3200",
                settings,
                tempo.destination().allHeaders());
    }

    private static Map<String, Object> tag(String attribute, String label) {
        return Tree.of("key", attribute, "value", label);
    }

    private static Map<String, Object> source(
            String name,
            String type,
            String uid,
            String url,
            Map<String, Object> settings,
            Map<String, String> headers) {
        Map<String, Object> secrets = new TreeMap<>();
        int number = 1;
        for (Map.Entry<String, Object> header :
                RequestHeaders.expanding(headers).entrySet()) {
            settings.put("httpHeaderName" + number, header.getKey());
            secrets.put("httpHeaderValue" + number, header.getValue());
            number++;
        }
        Map<String, Object> source =
                Tree.of("name", name, "type", type, "uid", uid, "access", "proxy", "url", url.replace("${env:", "${"));
        if (!settings.isEmpty()) {
            source.put("jsonData", settings);
        }
        if (!secrets.isEmpty()) {
            source.put("secureJsonData", secrets);
        }
        return source;
    }

    private static <T> T required(@Nullable T system) {
        if (system == null) {
            throw new IllegalArgumentException("no system (expected: one of the stack's)");
        }
        return system;
    }
}

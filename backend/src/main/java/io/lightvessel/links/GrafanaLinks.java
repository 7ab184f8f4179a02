package io.lightvessel.links;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.links.GrafanaLink.Kind;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Builds Explore links from what a cluster's stack says about its Grafana; no address, no links. */
@Service
public class GrafanaLinks {
    private final StackService stacks;
    private final JsonMapper json;

    GrafanaLinks(StackService stacks, JsonMapper json) {
        this.stacks = stacks;
        this.json = json;
    }

    /** Everything that comes from a cluster. */
    @Requires(Permission.STACK_READ)
    public List<GrafanaLink> forCluster(Cluster cluster, TimeRange range) {
        String name = quoted(cluster.slug());
        return links(
                cluster,
                range,
                "count by (job) ({cluster=%s})".formatted(name),
                "{k8s_cluster_name=%s}".formatted(name),
                "{ resource.k8s.cluster.name = %s }".formatted(name));
    }

    /** One service of a cluster, by its {@code service.name}. */
    @Requires(Permission.STACK_READ)
    public List<GrafanaLink> forService(Cluster cluster, String serviceName, TimeRange range) {
        String name = quoted(cluster.slug());
        String service = quoted(serviceName);
        return links(
                cluster,
                range,
                // Prometheus' job is "namespace/name" when a service has a namespace.
                "count by (__name__) ({cluster=%s, job=~%s})"
                        .formatted(name, quoted("(.+/)?" + regexQuoted(serviceName))),
                "{k8s_cluster_name=%s, service_name=%s}".formatted(name, service),
                "{ resource.k8s.cluster.name = %s && resource.service.name = %s }".formatted(name, service));
    }

    /** One agent's own telemetry, by its {@code service.instance.id}. */
    @Requires(Permission.STACK_READ)
    public List<GrafanaLink> forAgent(Cluster cluster, String instanceId, TimeRange range) {
        String name = quoted(cluster.slug());
        String instance = quoted(instanceId);
        return links(
                cluster,
                range,
                "{__name__=~\"otelcol_.+\", cluster=%s, instance=%s}".formatted(name, instance),
                "{k8s_cluster_name=%s} | service_instance_id=%s".formatted(name, instance),
                "{ resource.k8s.cluster.name = %s && resource.service.instance.id = %s }".formatted(name, instance));
    }

    private List<GrafanaLink> links(Cluster cluster, TimeRange range, String promQl, String logQl, String traceQl) {
        Backends.Grafana grafana = stacks.released(cluster.id())
                .map(StackRevision::spec)
                .map(spec -> spec.backends().grafana())
                .orElse(null);
        if (grafana == null || grafana.url() == null) {
            return List.of();
        }
        String base = grafana.url().replaceAll("/+$", "");
        return List.of(
                link(base, Kind.METRICS, grafana.metricsDatasourceUid(), promQl, range),
                link(base, Kind.LOGS, grafana.logsDatasourceUid(), logQl, range),
                link(base, Kind.TRACES, grafana.tracesDatasourceUid(), traceQl, range));
    }

    private GrafanaLink link(String base, Kind kind, String datasource, String query, TimeRange range) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("refId", "A");
        request.put("datasource", Map.of("uid", datasource));
        switch (kind) {
            case METRICS -> {
                request.put("expr", query);
                request.put("range", true);
            }
            case LOGS -> {
                request.put("expr", query);
                request.put("queryType", "range");
            }
            case TRACES -> {
                request.put("query", query);
                request.put("queryType", "traceql");
            }
        }
        Map<String, Object> pane = new LinkedHashMap<>();
        pane.put("datasource", datasource);
        pane.put("queries", List.of(request));
        Map<String, String> times = new LinkedHashMap<>();
        times.put("from", range.from());
        times.put("to", range.to());
        pane.put("range", times);
        String panes = json.writeValueAsString(Map.of("a", pane));
        return new GrafanaLink(
                kind,
                query,
                base + "/explore?schemaVersion=1&panes=" + URLEncoder.encode(panes, StandardCharsets.UTF_8)
                        + "&orgId=1");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String regexQuoted(String text) {
        return text.replaceAll("([\\\\.+*?()\\[\\]{}|^$])", "\\\\$1");
    }
}

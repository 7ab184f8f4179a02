package io.lightvessel.render.companion;

import io.lightvessel.render.text.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a dashboard of the rate, errors and duration of every service's requests. */
final class RedDashboard {
    private static final int WIDTH = 12;
    private static final int HEIGHT = 9;

    private RedDashboard() {}

    static Map<String, Object> of(String metrics) {
        Map<String, Object> source = Tree.of("type", "prometheus", "uid", metrics);
        List<Object> panels = new ArrayList<>();
        panels.add(panel(1, "Requests per second", "reqps", source, "red:rate{service=~\"$service\"}", false));
        panels.add(
                panel(2, "Share that fails", "percentunit", source, "red:error_ratio{service=~\"$service\"}", false));
        panels.add(panel(3, "Duration of 95%", "s", source, "red:latency_p95{service=~\"$service\"}", false));
        panels.add(panel(
                4,
                "Durations, with traces",
                "s",
                source,
                "histogram_quantile(0.95, sum by (le) (rate(%s{service=~\"$service\"}[$__rate_interval])))"
                        .formatted(RedRules.LATENCY),
                true));
        return Tree.of(
                "uid",
                "lightvessel-red",
                "title",
                "Requests: rate, errors, duration",
                "tags",
                List.of("lightvessel"),
                "schemaVersion",
                39,
                "time",
                Tree.of("from", "now-1h", "to", "now"),
                "templating",
                Tree.of("list", List.of(services(source))),
                "panels",
                panels);
    }

    private static Map<String, Object> services(Map<String, Object> source) {
        return Tree.of(
                "name",
                "service",
                "type",
                "query",
                "datasource",
                source,
                "query",
                Tree.of("query", "label_values(red:rate, service)", "refId", "services"),
                "refresh",
                2,
                "includeAll",
                true,
                "multi",
                true,
                "current",
                Tree.of("text", List.of("All"), "value", List.of("$__all")));
    }

    private static Map<String, Object> panel(
            int id, String title, String unit, Map<String, Object> source, String query, boolean exemplars) {
        return Tree.of(
                "id",
                id,
                "type",
                "timeseries",
                "title",
                title,
                "datasource",
                source,
                "gridPos",
                Tree.of("x", (id - 1) % 2 * WIDTH, "y", (id - 1) / 2 * HEIGHT, "w", WIDTH, "h", HEIGHT),
                "fieldConfig",
                Tree.of("defaults", Tree.of("unit", unit), "overrides", List.of()),
                "targets",
                List.of(Tree.of(
                        "refId",
                        "A",
                        "datasource",
                        source,
                        "expr",
                        query,
                        "legendFormat",
                        "{{service}}",
                        "exemplar",
                        exemplars)));
    }
}

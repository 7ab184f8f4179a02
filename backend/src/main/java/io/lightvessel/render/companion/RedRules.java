package io.lightvessel.render.companion;

import io.lightvessel.render.text.Tree;
import java.util.List;
import java.util.Map;

/** Rules on the rate, errors and duration of requests, from the series that Tempo makes of spans. */
final class RedRules {
    static final String CALLS = "traces_spanmetrics_calls_total";
    static final String LATENCY = "traces_spanmetrics_latency_bucket";
    private static final String SERVERS = "span_kind=~\"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER\"";

    private RedRules() {}

    static List<Object> groups() {
        return List.of(
                Tree.of(
                        "name",
                        "red",
                        "rules",
                        List.of(
                                record("red:rate", rate("")),
                                record("red:errors", rate(", status_code=\"STATUS_CODE_ERROR\"")),
                                record("red:error_ratio", "red:errors / (red:rate > 0)"),
                                record("red:latency_p95", quantile("0.95")),
                                record("red:latency_p50", quantile("0.5")))),
                Tree.of(
                        "name",
                        "red-alerts",
                        "rules",
                        List.of(
                                alert(
                                        "RequestsFail",
                                        "red:error_ratio > 0.05 and red:rate > 0.1",
                                        "10m",
                                        "critical",
                                        "{{ $labels.service }} fails {{ $value | humanizePercentage }} of its requests"),
                                alert(
                                        "RequestsAreSlow",
                                        "red:latency_p95 > 2",
                                        "10m",
                                        "warning",
                                        "{{ $labels.service }} takes {{ $value | humanizeDuration }} for 95% of its requests"),
                                alert(
                                        "RequestsStopped",
                                        "red:rate offset 1h > 0.1 unless red:rate > 0",
                                        "15m",
                                        "warning",
                                        "{{ $labels.service }} gets no requests any more"))));
    }

    private static String rate(String more) {
        return "sum by (service) (rate(%s{%s%s}[5m]))".formatted(CALLS, SERVERS, more);
    }

    static String quantile(String quantile) {
        return "histogram_quantile(%s, sum by (service, le) (rate(%s{%s}[5m])))".formatted(quantile, LATENCY, SERVERS);
    }

    private static Map<String, Object> record(String name, String expression) {
        return Tree.of("record", name, "expr", expression);
    }

    private static Map<String, Object> alert(
            String name, String expression, String time, String severity, String summary) {
        return Tree.of(
                "alert",
                name,
                "expr",
                expression,
                "for",
                time,
                "labels",
                Tree.of("severity", severity),
                "annotations",
                Tree.of("summary", summary));
    }
}

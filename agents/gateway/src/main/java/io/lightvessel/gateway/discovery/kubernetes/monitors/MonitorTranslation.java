package io.lightvessel.gateway.discovery.kubernetes.monitors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes scrape configs of a monitor: one for each endpoint, since each has a port and a path of its own. */
public final class MonitorTranslation {

    private static final int MOST_ENDPOINTS = 200;

    private final Monitor monitor;
    private final MonitorOptions options;
    private final HttpKeys http;
    private final Fields spec;

    private MonitorTranslation(Monitor monitor, MonitorReferences references, MonitorOptions options) {
        this.monitor = monitor;
        this.options = options;
        http = new HttpKeys(monitor.namespace(), references, options.fileReferences());
        spec = new Fields(monitor.spec(), "spec");
    }

    public static TranslatedMonitor translate(Monitor monitor, MonitorReferences references, MonitorOptions options)
            throws InvalidMonitorException {
        return new MonitorTranslation(monitor, references, options).translate();
    }

    private TranslatedMonitor translate() throws InvalidMonitorException {
        String key = monitor.kind() == Monitor.Kind.SERVICE ? "endpoints" : "podMetricsEndpoints";
        List<Fields> endpoints = spec.each(key);
        if (endpoints.size() > MOST_ENDPOINTS) {
            throw new InvalidMonitorException(
                    "spec." + key + ": " + endpoints.size() + " (expected: at most " + MOST_ENDPOINTS + ")");
        }
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (int i = 0; i < endpoints.size(); i++) {
            Map<String, Object> job = new LinkedHashMap<>();
            job.put("job_name", monitor.id() + "/" + i);
            switch (monitor.kind()) {
                case SERVICE -> service(job, endpoints.get(i));
                case POD -> pod(job, endpoints.get(i));
            }
            jobs.add(job);
        }
        return new TranslatedMonitor(jobs, notes());
    }

    private List<String> notes() throws InvalidMonitorException {
        return spec.text("scrapeClass")
                .map(name ->
                        List.of("spec.scrapeClass: '" + name + "' has no effect: there are no scrape classes here"))
                .orElse(List.of());
    }

    private void service(Map<String, Object> job, Fields endpoint) throws InvalidMonitorException {
        String sdRole =
                spec.text("serviceDiscoveryRole").orElse(options.endpointSlices() ? "EndpointSlice" : "Endpoints");
        String role = switch (sdRole) {
            case "EndpointSlice" -> "endpointslice";
            case "Endpoints" -> "endpoints";
            default -> throw spec.misfit("serviceDiscoveryRole", sdRole, "EndpointSlice or Endpoints");
        };
        // Labels of the role endpoints begin with endpoint.
        String labels = role.equals("endpoints") ? "endpoint" : role;
        JobKeys.first(job, endpoint);
        JobKeys.discovery(job, monitor, spec, options, role, List.of(role, "service"));
        JobKeys.scrape(job, endpoint);
        http.put(job, endpoint);
        Rules rules = start();
        if (!JobKeys.isByRole(spec)) {
            rules.select(spec.fields("selector"), "service");
        }
        if (endpoint.text("port").isPresent()) {
            rules.keep(endpoint.text("port").get(), "__meta_kubernetes_" + labels + "_port_name");
        } else {
            containerPort(rules, endpoint.port("targetPort").orElse(""));
        }
        rules.targetName(labels, "Node", "node");
        rules.targetName(labels, "Pod", "pod");
        rules.copy("__meta_kubernetes_namespace", "namespace");
        rules.copy("__meta_kubernetes_service_name", "service");
        rules.copy("__meta_kubernetes_pod_name", "pod");
        rules.copy("__meta_kubernetes_pod_container_name", "container");
        if (endpoint.flag("filterRunning").orElse(true)) {
            rules.dropFinishedPods();
        }
        targetLabels(rules, "targetLabels", "service");
        targetLabels(rules, "podTargetLabels", "pod");
        Map<String, Object> jobRule = new LinkedHashMap<>();
        jobRule.put("source_labels", List.of("__meta_kubernetes_service_name"));
        jobRule.put("target_label", "job");
        jobRule.put("replacement", "${1}");
        rules.add(jobRule);
        jobLabel(rules, "service");
        endpointLabel(rules, endpoint);
        finish(job, rules, endpoint);
    }

    private void pod(Map<String, Object> job, Fields endpoint) throws InvalidMonitorException {
        JobKeys.first(job, endpoint);
        JobKeys.discovery(job, monitor, spec, options, "pod", List.of("pod"));
        JobKeys.scrape(job, endpoint);
        http.put(job, endpoint);
        Rules rules = start();
        if (endpoint.flag("filterRunning").orElse(true)) {
            rules.dropFinishedPods();
        }
        if (!JobKeys.isByRole(spec)) {
            rules.select(spec.fields("selector"), "pod");
        }
        if (endpoint.text("port").isPresent()) {
            containerPort(rules, endpoint.text("port").get());
        } else if (endpoint.whole("portNumber").orElse(0L) != 0) {
            containerPort(rules, endpoint.whole("portNumber").get());
        } else {
            containerPort(rules, endpoint.port("targetPort").orElse(""));
        }
        rules.copy("__meta_kubernetes_namespace", "namespace");
        rules.copy("__meta_kubernetes_pod_container_name", "container");
        rules.copy("__meta_kubernetes_pod_name", "pod");
        targetLabels(rules, "podTargetLabels", "pod");
        rules.set("job", monitor.namespace() + "/" + monitor.name());
        jobLabel(rules, "pod");
        endpointLabel(rules, endpoint);
        finish(job, rules, endpoint);
    }

    private static Rules start() {
        Rules rules = new Rules();
        rules.copy("job", "__tmp_prometheus_job_name");
        return rules;
    }

    /** @param port a name, or a number other than 0; what is neither keeps all ports */
    private static void containerPort(Rules rules, Object port) {
        switch (port) {
            case String name when !name.isEmpty() -> rules.keep(name, "__meta_kubernetes_pod_container_port_name");
            case Number number
            when number.longValue() != 0 ->
                rules.keep(number.toString(), "__meta_kubernetes_pod_container_port_number");
            default -> {
                // Every port is a target.
            }
        }
    }

    private void targetLabels(Rules rules, String key, String kind) throws InvalidMonitorException {
        for (String label : spec.texts(key)) {
            rules.copyIfAny(Rules.label(kind, label), Rules.sanitized(label));
        }
    }

    private void jobLabel(Rules rules, String kind) throws InvalidMonitorException {
        if (spec.text("jobLabel").isPresent()) {
            rules.copyIfAny(Rules.label(kind, spec.text("jobLabel").get()), "job");
        }
    }

    private static void endpointLabel(Rules rules, Fields endpoint) throws InvalidMonitorException {
        if (endpoint.text("port").isPresent()) {
            rules.set("endpoint", endpoint.text("port").get());
        } else if (endpoint.port("targetPort").isPresent()) {
            rules.set("endpoint", endpoint.port("targetPort").get().toString());
        }
    }

    private void finish(Map<String, Object> job, Rules rules, Fields endpoint) throws InvalidMonitorException {
        Rules.own(endpoint, "relabelings").forEach(rules::add);
        job.put("relabel_configs", rules.list());
        JobKeys.limits(job, spec);
        List<Map<String, Object>> metrics = Rules.own(endpoint, "metricRelabelings");
        if (!metrics.isEmpty()) {
            job.put("metric_relabel_configs", metrics);
        }
    }
}

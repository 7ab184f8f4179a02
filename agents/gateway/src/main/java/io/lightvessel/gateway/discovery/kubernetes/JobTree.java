package io.lightvessel.gateway.discovery.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A scrape config in the making, with Prometheus' keys. */
final class JobTree {

    private final Map<String, Object> job = new LinkedHashMap<>();
    private final Map<String, Object> discovery = new LinkedHashMap<>();
    private final List<Map<String, Object>> rules = new ArrayList<>();

    JobTree(String name, Role role, ApiAccess access) {
        job.put("job_name", name);
        access.server().ifPresent(url -> discovery.put("api_server", url));
        access.kubeconfigFile().ifPresent(file -> discovery.put("kubeconfig_file", file));
        discovery.put("role", role.word());
        job.put("kubernetes_sd_configs", List.of(discovery));
    }

    JobTree with(String key, Object value) {
        job.put(key, value);
        return this;
    }

    JobTree in(List<String> namespaces) {
        if (!namespaces.isEmpty()) {
            discovery.put("namespaces", Map.of("names", namespaces));
        }
        return this;
    }

    JobTree selecting(Role role, String label) {
        if (!label.isEmpty()) {
            Map<String, Object> selector = new LinkedHashMap<>();
            selector.put("role", role.word());
            selector.put("label", label);
            discovery.put("selectors", List.of(selector));
        }
        return this;
    }

    JobTree keep(String regex, String... sources) {
        return filter("keep", regex, sources);
    }

    JobTree drop(String regex, String... sources) {
        return filter("drop", regex, sources);
    }

    private JobTree filter(String action, String regex, String... sources) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("action", action);
        rule.put("source_labels", List.of(sources));
        rule.put("regex", regex);
        rules.add(rule);
        return this;
    }

    JobTree copy(String source, String target) {
        return replace(target, "$1", "(.+)", source);
    }

    JobTree replace(String target, String replacement, String regex, String... sources) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("source_labels", List.of(sources));
        rule.put("regex", regex);
        rule.put("target_label", target);
        rule.put("replacement", replacement);
        rules.add(rule);
        return this;
    }

    JobTree set(String target, String value) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("target_label", target);
        rule.put("replacement", value);
        rules.add(rule);
        return this;
    }

    Map<String, Object> done() {
        job.put("relabel_configs", rules);
        return job;
    }
}

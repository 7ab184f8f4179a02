package io.lightvessel.collector.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a pod.
 *
 * @param ownerKind what made it, such as ReplicaSet; empty when nothing did
 * @param containers the names of its containers by the runtime's ids, of those that have been started
 */
public record PodFacts(
        String namespace,
        String name,
        String node,
        String ownerKind,
        String ownerName,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, String> containers) {
    // The hash that deployments and cron jobs add to the names of what they make.
    private static final Pattern OF_DEPLOYMENT = Pattern.compile("(?<name>.+)-[a-z0-9]{5,10}");
    private static final Pattern OF_CRON_JOB = Pattern.compile("(?<name>.+)-\\d{8,10}");

    public PodFacts {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        containers = Map.copyOf(containers);
    }

    /** Node and owners, by their names in OpenTelemetry's conventions. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (!node.isEmpty()) {
            attributes.put("k8s.node.name", node);
        }
        switch (ownerKind) {
            case "ReplicaSet" -> {
                attributes.put("k8s.replicaset.name", ownerName);
                workload(OF_DEPLOYMENT).ifPresent(name -> attributes.put("k8s.deployment.name", name));
            }
            case "Job" -> {
                attributes.put("k8s.job.name", ownerName);
                workload(OF_CRON_JOB).ifPresent(name -> attributes.put("k8s.cronjob.name", name));
            }
            case "StatefulSet" -> attributes.put("k8s.statefulset.name", ownerName);
            case "DaemonSet" -> attributes.put("k8s.daemonset.name", ownerName);
            default -> {
                // Conventions have no name for other owners.
            }
        }
        return attributes;
    }

    /** What the pod's service is called by whoever deployed it; empty when nobody said. */
    public Optional<String> serviceName() {
        String said = annotations.get("resource.opentelemetry.io/service.name");
        String label = labels.getOrDefault("app.kubernetes.io/name", labels.get("app"));
        return Optional.ofNullable(said == null ? label : said);
    }

    /** What the pod's profiles are to be found by, if an annotation says it. */
    public Optional<String> profiledAs() {
        String said = annotations.get("pyroscope.io/service_name");
        return Optional.ofNullable(said == null ? annotations.get("resource.opentelemetry.io/service.name") : said);
    }

    private Optional<String> workload(Pattern form) {
        Matcher matcher = form.matcher(ownerName);
        return matcher.matches() ? Optional.of(matcher.group("name")) : Optional.empty();
    }
}

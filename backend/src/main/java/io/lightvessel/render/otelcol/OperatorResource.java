package io.lightvessel.render.otelcol;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.companion.Autoscaling;
import io.lightvessel.render.pipeline.MetricTargets;
import io.lightvessel.render.pipeline.Replicas;
import io.lightvessel.render.pipeline.RolePlan;
import io.lightvessel.render.pipeline.Sharing;
import io.lightvessel.render.pipeline.Source;
import io.lightvessel.render.text.Tree;
import io.lightvessel.render.text.Yaml;
import io.lightvessel.stack.HpaPolicy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the OpenTelemetry Operator's resource for gateways that only its target allocator can give their targets. */
final class OperatorResource {
    // The operator takes an empty selector for every monitor; this one fits none.
    private static final Map<String, Object> NONE =
            Tree.of("matchExpressions", List.of(Tree.of("key", "lightvessel.io/not-selected", "operator", "Exists")));

    private OperatorResource() {}

    static boolean isNeeded(RolePlan plan) {
        return plan.replicas() != null && (isShared(plan) || !monitors(plan).isEmpty());
    }

    private static boolean isShared(RolePlan plan) {
        Sharing sharing = plan.sharing();
        return sharing != null
                && sharing.inKubernetes()
                && !plan.sources(Source.Scrape.class).isEmpty();
    }

    static String text(RolePlan plan, Map<String, Object> config) {
        Replicas replicas = plan.replicas();
        if (replicas == null) {
            throw new IllegalArgumentException("role: %s (expected: a role with replicas)".formatted(plan.role()));
        }
        Map<String, Object> spec = Tree.of("mode", "statefulset");
        HpaPolicy scaling = replicas.scaling();
        if (scaling.enabled()) {
            spec.put(
                    "autoscaler",
                    Tree.of(
                            "minReplicas",
                            scaling.minReplicas(),
                            "maxReplicas",
                            scaling.maxReplicas(),
                            "targetCPUUtilization",
                            scaling.targetCpuPercent(),
                            "behavior",
                            Autoscaling.behavior(scaling)));
        }
        if (!scaling.enabled()) {
            spec.put("replicas", replicas.number());
        }
        spec.put("targetAllocator", allocator(plan));
        spec.put("config", config);
        return Yaml.write(
                List.of(
                        "Cluster %s, role %s, for the OpenTelemetry Operator."
                                .formatted(plan.facts().cluster(), plan.role().wireName()),
                        "Rendered by Lightvessel from the cluster's stack: change the stack, not this text."),
                Tree.of(
                        "apiVersion",
                        "opentelemetry.io/v1beta1",
                        "kind",
                        "OpenTelemetryCollector",
                        "metadata",
                        Tree.of("name", replicas.name(), "namespace", replicas.namespace()),
                        "spec",
                        spec));
    }

    private static Map<String, Object> allocator(RolePlan plan) {
        Map<String, Object> allocator = Tree.of("enabled", true, "allocationStrategy", "consistent-hashing");
        Set<MetricTargets.Monitors.Kind> monitors = monitors(plan);
        if (!monitors.isEmpty()) {
            allocator.put(
                    "prometheusCR",
                    Tree.of(
                            "enabled",
                            true,
                            "scrapeInterval",
                            plan.sources(Source.Scrape.class).getFirst().interval(),
                            "serviceMonitorSelector",
                            selector(monitors.contains(MetricTargets.Monitors.Kind.SERVICE_MONITORS)),
                            "podMonitorSelector",
                            selector(monitors.contains(MetricTargets.Monitors.Kind.POD_MONITORS))));
        }
        return allocator;
    }

    private static Map<String, Object> selector(boolean all) {
        return all ? Map.of() : NONE;
    }

    private static Set<MetricTargets.Monitors.Kind> monitors(RolePlan plan) {
        Set<MetricTargets.Monitors.Kind> kinds = EnumSet.noneOf(MetricTargets.Monitors.Kind.class);
        for (Source.Scrape scrape : plan.sources(Source.Scrape.class)) {
            for (MetricTargets targets : scrape.targets()) {
                if (targets instanceof MetricTargets.Monitors(MetricTargets.Monitors.Kind kind)) {
                    kinds.add(kind);
                }
            }
        }
        return kinds;
    }

    static List<RenderFinding> findings(RolePlan plan) {
        List<RenderFinding> findings = new ArrayList<>();
        String file = plan.role().wireName() + ".operator.yaml";
        for (MetricTargets.Monitors.Kind kind : monitors(plan)) {
            String path = switch (kind) {
                case SERVICE_MONITORS -> "gateway.scraping.serviceMonitors";
                case POD_MONITORS -> "gateway.scraping.podMonitors";
            };
            findings.add(
                    plan.replicas() == null
                            ? RenderFinding.leftOut(
                                    path,
                                    "a Collector reads monitors only through a target allocator, and this role has none",
                                    "scrape them by gateways, or render this role for Alloy or for Lightvessel's agents")
                            : RenderFinding.needs(
                                    path,
                                    "a Collector reads monitors only through a target allocator",
                                    "apply %s with the OpenTelemetry Operator instead of running the Collector by hand"
                                            .formatted(file)));
        }
        Sharing sharing = plan.sharing();
        if (sharing != null) {
            findings.add(
                    isShared(plan)
                            ? RenderFinding.needs(
                                    "gateway.clustering",
                                    "Collectors do not agree among themselves who scrapes what; a target allocator tells them",
                                    "apply %s with the OpenTelemetry Operator; replicas of a Collector run by hand all scrape every target"
                                            .formatted(file))
                            : RenderFinding.leftOut(
                                    "gateway.clustering",
                                    "Collectors do not agree among themselves who scrapes what",
                                    "run one replica, or give each of them targets of its own"));
        }
        return findings;
    }
}

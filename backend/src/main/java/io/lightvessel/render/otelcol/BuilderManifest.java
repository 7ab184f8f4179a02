package io.lightvessel.render.otelcol;

import io.lightvessel.render.pipeline.RolePlan;
import io.lightvessel.render.text.Tree;
import io.lightvessel.render.text.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** Writes what the Collector's builder needs to make a Collector of just the components that a config uses. */
final class BuilderManifest {
    private static final String VERSION = "v0.130.0";
    private static final String STABLE_VERSION = "v1.36.0";
    private static final String CORE = "go.opentelemetry.io/collector/";
    private static final String CONTRIB = "github.com/open-telemetry/opentelemetry-collector-contrib/";
    private static final Set<String> IN_CORE = Set.of(
            "receivers otlp",
            "processors batch",
            "processors memory_limiter",
            "exporters otlp",
            "exporters otlphttp",
            "exporters debug");

    private BuilderManifest() {}

    static String text(RolePlan plan, Map<String, SortedSet<String>> types) {
        Map<String, Object> manifest = Tree.of(
                "dist",
                Tree.of(
                        "name",
                        "otelcol-" + plan.role().wireName(),
                        "description",
                        "What the %s of cluster %s uses"
                                .formatted(plan.role().wireName(), plan.facts().cluster()),
                        "output_path",
                        "./otelcol-" + plan.role().wireName()));
        types.forEach((section, names) -> manifest.put(
                section, names.stream().map(name -> module(section, name)).toList()));
        List<Object> providers = new ArrayList<>();
        for (String provider : List.of("env", "file", "yaml")) {
            providers.add(Tree.of("gomod", CORE + "confmap/provider/" + provider + "provider " + STABLE_VERSION));
        }
        manifest.put("providers", providers);
        return Yaml.write(
                List.of(
                        "Cluster %s, role %s, for the OpenTelemetry Collector Builder."
                                .formatted(plan.facts().cluster(), plan.role().wireName()),
                        "Rendered by Lightvessel from the cluster's stack: change the stack, not this text."),
                manifest);
    }

    private static Object module(String section, String name) {
        String kind = section.substring(0, section.length() - 1);
        String path = switch (name) {
            case "file_storage" -> "storage/filestorage";
            default -> name.replace("_", "") + kind;
        };
        return Tree.of(
                "gomod", (IN_CORE.contains(section + " " + name) ? CORE : CONTRIB) + kind + "/" + path + " " + VERSION);
    }
}

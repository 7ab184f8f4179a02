package io.lightvessel.render.companion;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.Rendering;
import io.lightvessel.render.text.Yaml;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes what the backends of a stack need to work together: settings, rules, data sources and dashboards. */
public final class BackendFiles {
    private final ClusterFacts facts;
    private final List<RenderedFile> files = new ArrayList<>();
    private final List<RenderFinding> findings = new ArrayList<>();

    private BackendFiles(ClusterFacts facts) {
        this.facts = facts;
    }

    public static Rendering render(StackSpec spec, ClusterFacts facts) {
        BackendFiles files = new BackendFiles(facts);
        Systems systems = Systems.of(spec);
        PrometheusSettings.write(files, systems);
        TempoSettings.write(files, systems);
        GrafanaSettings.write(files, systems, spec.backends().grafana());
        return new Rendering(files.files, files.findings);
    }

    void yaml(String name, Map<String, Object> document) {
        files.add(RenderedFile.yaml(
                name,
                Yaml.write(
                        List.of(
                                "Backends of cluster %s.".formatted(facts.cluster()),
                                "Rendered by Lightvessel from the cluster's stack: change the stack, not this text."),
                        document)));
    }

    void json(String name, Map<String, Object> document) {
        file(name, "application/json", Json.write(document));
    }

    void arguments(String name, List<String> arguments) {
        file(name, "text/plain", String.join("\n", arguments) + "\n");
    }

    private void file(String name, String mediaType, String text) {
        files.add(new RenderedFile(name, mediaType, text, Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8))));
    }

    void say(RenderFinding finding) {
        findings.add(finding);
    }

    ClusterFacts facts() {
        return facts;
    }
}

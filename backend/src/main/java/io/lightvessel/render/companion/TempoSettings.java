package io.lightvessel.render.companion;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.text.Tree;
import java.util.List;
import java.util.Map;

/** Writes the part of Tempo's settings that makes series of spans: rate, errors and duration, and who calls whom. */
final class TempoSettings {
    private TempoSettings() {}

    static void write(BackendFiles files, Systems systems) {
        if (systems.tempo() == null) {
            return;
        }
        if (!systems.haveMetrics()) {
            files.say(RenderFinding.leftOut(
                    systems.tempo().path(),
                    "there is no Prometheus or Mimir that the series Tempo makes of spans could go to",
                    "add a destination of type PROMETHEUS or MIMIR"));
            return;
        }
        files.yaml(
                "tempo.yaml",
                Tree.of(
                        "metrics_generator",
                        Tree.of(
                                "registry",
                                Tree.of(
                                        "external_labels",
                                        Tree.of(
                                                "source",
                                                "tempo",
                                                "cluster",
                                                files.facts().cluster())),
                                "storage",
                                Tree.of(
                                        "path",
                                        "/var/tempo/generator/wal",
                                        "remote_write",
                                        List.of(remoteWrite(systems)))),
                        "overrides",
                        Tree.of(
                                "defaults",
                                Tree.of(
                                        "metrics_generator",
                                        Tree.of("processors", List.of("service-graphs", "span-metrics"))))));
        files.arguments("tempo.args", List.of("-config.file=tempo.yaml", "-config.expand-env=true"));
        files.say(RenderFinding.needs(
                systems.tempo().path(),
                "tempo.yaml has only what makes series of spans; receivers and storage are Tempo's own",
                "merge it into Tempo's settings, and run it with the arguments in tempo.args"));
    }

    private static Map<String, Object> remoteWrite(Systems systems) {
        Map<String, String> headers;
        String url;
        if (systems.prometheus() != null) {
            url = systems.prometheus().destination().endpoint();
            headers = systems.prometheus().destination().headers();
        } else if (systems.mimir() != null) {
            url = systems.mimir().destination().endpoint();
            headers = systems.mimir().destination().allHeaders();
        } else {
            throw new IllegalArgumentException("no store for series (expected: Prometheus or Mimir)");
        }
        Map<String, Object> settings = Tree.of("url", url, "send_exemplars", true);
        if (!headers.isEmpty()) {
            settings.put("headers", RequestHeaders.expanding(headers));
        }
        return settings;
    }
}

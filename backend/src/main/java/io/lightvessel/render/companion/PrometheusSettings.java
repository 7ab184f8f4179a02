package io.lightvessel.render.companion;

import io.lightvessel.render.text.Tree;
import io.lightvessel.stack.Destination;
import java.util.List;
import java.util.Map;

/** Writes Prometheus' settings: that it takes remote write, what goes on to Mimir, and the rules. */
final class PrometheusSettings {
    private PrometheusSettings() {}

    static void write(BackendFiles files, Systems systems) {
        if (systems.haveMetrics() && systems.tempo() != null) {
            files.yaml("red-rules.yaml", Tree.of("groups", RedRules.groups()));
        }
        if (systems.prometheus() == null) {
            return;
        }
        Map<String, Object> settings = Tree.of(
                "global",
                Tree.of("external_labels", Tree.of("cluster", files.facts().cluster())));
        if (systems.tempo() != null) {
            settings.put("rule_files", List.of("red-rules.yaml"));
        }
        if (systems.mimir() != null) {
            settings.put("remote_write", List.of(mimir(files, systems.mimir())));
        }
        files.yaml("prometheus.yaml", settings);
        files.arguments(
                "prometheus.args",
                List.of(
                        "--config.file=prometheus.yaml",
                        "--web.enable-remote-write-receiver",
                        "--enable-feature=exemplar-storage,native-histograms"));
    }

    /** Agents write to both; only what Prometheus has from others than agents goes on: Tempo's series and results of rules. */
    private static Map<String, Object> mimir(BackendFiles files, Systems.Named<Destination.Mimir> mimir) {
        Map<String, Object> settings =
                Tree.of("name", mimir.name(), "url", mimir.destination().endpoint());
        RequestHeaders.prometheus(settings, mimir.destination().allHeaders(), mimir.path(), files);
        settings.put("send_exemplars", true);
        settings.put("send_native_histograms", true);
        settings.put(
                "write_relabel_configs",
                List.of(Tree.of(
                        "source_labels",
                        List.of("__name__"),
                        "regex",
                        "traces_.+|red:.+|ALERTS|ALERTS_FOR_STATE",
                        "action",
                        "keep")));
        return settings;
    }
}

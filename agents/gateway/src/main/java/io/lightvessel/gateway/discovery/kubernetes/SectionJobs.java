package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.discovery.kubernetes.monitors.InvalidMonitorException;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The jobs that the section {@code kubernetes} stands for, apart from those of monitors: always the same ones. */
public final class SectionJobs {

    private SectionJobs() {}

    static List<Map<String, Object>> trees(KubernetesSection section) {
        List<Map<String, Object>> jobs = new ArrayList<>();
        jobs.addAll(AnnotationJobs.of(section.annotations(), section.access()));
        jobs.addAll(NodeJobs.of(section.nodes(), section.access()));
        for (KubernetesSection.Preset preset : section.presets()) {
            jobs.add(PresetJobs.of(preset, section.access()));
        }
        return jobs;
    }

    static List<ScrapeConfig> read(KubernetesSection section, JobTexts texts) throws InvalidMonitorException {
        List<ScrapeConfig> jobs = new ArrayList<>();
        for (Map<String, Object> tree : trees(section)) {
            jobs.add(texts.read(tree));
        }
        return jobs;
    }

    /** As YAML, for people who want to see what a section comes to; empty when it is only monitors. */
    public static String explained(Settings kubernetes) {
        List<Map<String, Object>> jobs = trees(KubernetesSection.of(kubernetes));
        return jobs.isEmpty() ? "" : JobTexts.yaml(Map.of("scrape_configs", jobs));
    }
}

package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.discovery.kubernetes.monitors.InvalidMonitorException;
import io.lightvessel.gateway.relabel.LabelSet;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import io.lightvessel.gateway.targets.Resolved;
import io.lightvessel.gateway.targets.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the jobs of a section {@code kubernetes} scrape in a cluster. */
final class FoundTargets {

    private final Map<String, ScrapeConfig> jobs = new TreeMap<>();
    private final Map<String, List<String>> lines = new TreeMap<>();

    private FoundTargets() {}

    /**
     * Asks every job's discovery.
     *
     * @param discovered how many targets each sees before relabelling, by the role it asks for
     */
    static FoundTargets of(TestCluster cluster, String section, Map<Role, Integer> discovered)
            throws InvalidMonitorException {
        String text = "kubernetes:\n  api_server: " + cluster.access().server().orElseThrow() + "\n"
                + section.replace("SHOP", cluster.shop()).indent(2);
        ComponentParser.Outcome outcome =
                ComponentParser.parse(ComponentKind.RECEIVER, "prometheus", text, Environment.of(Map.of()));
        Settings settings = outcome.settings().orElseThrow(() -> new AssertionError(outcome.findings()));
        List<ScrapeConfig> jobs = SectionJobs.read(
                KubernetesSection.of(settings.section("kubernetes")),
                new JobTexts(ComponentId.parse("prometheus"), settings));
        FoundTargets found = new FoundTargets();
        try (KubernetesApis apis = new KubernetesApis()) {
            Map<ScrapeConfig, HeardTargets> heard = new LinkedHashMap<>();
            for (ScrapeConfig job : jobs) {
                HeardTargets targets = new HeardTargets();
                apis.discovery(discovery(job)).start(targets);
                heard.put(job, targets);
            }
            heard.forEach((job, targets) -> {
                targets.awaitCount(
                        discovered.get(Role.of(discovery(job).settings().string("role"))));
                found.add(cluster, job, targets);
            });
        }
        return found;
    }

    private static DiscoveryConfig.Kubernetes discovery(ScrapeConfig job) {
        return (DiscoveryConfig.Kubernetes) job.discoveries().getFirst();
    }

    private void add(TestCluster cluster, ScrapeConfig job, HeardTargets heard) {
        List<String> found = new ArrayList<>();
        for (Target target : Resolved.of(job.targets(), heard.groups())) {
            found.add(line(target).replace(cluster.shop(), "SHOP"));
        }
        jobs.put(job.jobName(), job);
        lines.put(job.jobName(), found.stream().sorted().toList());
    }

    /** URL and labels, but for {@code instance} where it is the address. */
    private static String line(Target target) {
        StringBuilder line = new StringBuilder(target.url());
        LabelSet labels = target.labels();
        for (int i = 0; i < labels.size(); i++) {
            boolean usual = labels.name(i).equals("instance") && labels.value(i).equals(target.address());
            if (!usual) {
                line.append(' ').append(labels.name(i)).append('=').append(labels.value(i));
            }
        }
        return line.toString();
    }

    List<String> of(String job) {
        return lines.get(job);
    }

    ScrapeConfig job(String name) {
        return jobs.get(name);
    }
}

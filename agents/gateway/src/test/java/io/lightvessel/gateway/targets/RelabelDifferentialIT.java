package io.lightvessel.gateway.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import io.lightvessel.config.ComponentId;
import io.lightvessel.gateway.cluster.SoleOwner;
import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.gateway.discovery.StaticDiscovery;
import io.lightvessel.gateway.relabel.LabelSet;
import io.lightvessel.gateway.scrape.config.ReceiverConfig;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import io.lightvessel.gateway.testing.ManualTimer;
import io.lightvessel.gateway.testing.RealPrometheus;
import io.lightvessel.gateway.testing.TestContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives the real Prometheus and us the same generated jobs and compares the targets both make of them. */
class RelabelDifferentialIT {

    private static final int JOBS = 400;

    /**
     * What became of jobs' targets. Those with something wrong are nowhere, as in Prometheus. Dropped ones are only counted:
     * 2.42 shows some of them with labels of others.
     */
    private static final class Outcome {
        final Map<String, Set<String>> active = new TreeMap<>();
        int dropped;

        void add(String job, String target) {
            active.computeIfAbsent(job, _ -> new TreeSet<>()).add(target);
        }
    }

    @Test
    void generatedRulesDoWhatTheyDoInPrometheus(@TempDir Path directory) throws Exception {
        Optional<Path> program = RealPrometheus.program();
        assumeTrue(program.isPresent(), "no Prometheus is installed");
        String jobs = new JobGenerator(new Random(20261127)).jobs(JOBS);
        Outcome theirs;
        try (RealPrometheus prometheus = RealPrometheus.start(
                program.get(),
                directory,
                // In the Collector's dialect a dollar sign may be written twice.
                "scrape_configs:\n" + jobs.replace("$$", "$"),
                "--enable-feature=no-default-scrape-port")) {
            theirs = outcomeOf(prometheus);
        }
        Outcome ours = outcomeOf(jobs);

        assertThat(theirs.active).hasSizeBetween(JOBS / 2, JOBS - 1);
        assertThat(theirs.dropped).isGreaterThan(JOBS / 2);
        SoftAssertions soft = new SoftAssertions();
        for (int i = 0; i < JOBS; i++) {
            String job = "job-" + i;
            soft.assertThat(ours.active.get(job)).as(() -> textOf(job, jobs)).isEqualTo(theirs.active.get(job));
        }
        soft.assertThat(ours.dropped).as("dropped").isEqualTo(theirs.dropped);
        soft.assertAll();
    }

    private static String textOf(String job, String jobs) {
        int from = jobs.indexOf("- job_name: " + job + "\n");
        int to = jobs.indexOf("- job_name: ", from + 1);
        return jobs.substring(from, to < 0 ? jobs.length() : to);
    }

    private static Outcome outcomeOf(RealPrometheus prometheus) throws Exception {
        Outcome outcome = new Outcome();
        JsonObject data = prometheus.targets(JOBS / 2);
        data.getAsJsonArray("activeTargets").forEach(element -> {
            JsonObject target = element.getAsJsonObject();
            outcome.add(
                    target.get("scrapePool").getAsString(),
                    labels(target, "labels") + " " + target.get("scrapeUrl").getAsString() + " "
                            + target.get("scrapeInterval").getAsString() + " "
                            + target.get("scrapeTimeout").getAsString());
        });
        outcome.dropped = data.getAsJsonArray("droppedTargets").size();
        return outcome;
    }

    private static LabelSet labels(JsonObject target, String key) {
        Map<String, String> labels = new HashMap<>();
        target.getAsJsonObject(key)
                .entrySet()
                .forEach(label -> labels.put(label.getKey(), label.getValue().getAsString()));
        return LabelSet.of(labels);
    }

    private static Outcome outcomeOf(String jobs) {
        String yaml =
                "prometheus:\n  config:\n    global: {metric_name_validation_scheme: legacy}\n    scrape_configs:\n"
                        + jobs.indent(4);
        ReceiverConfig config =
                ReceiverConfig.of(ComponentId.of("prometheus"), TestContext.settings("receivers", "prometheus", yaml));
        Outcome outcome = new Outcome();
        for (ScrapeConfig job : config.jobs()) {
            PoolSnapshot snapshot = snapshot(job);
            for (PoolSnapshot.Active active : snapshot.active()) {
                Target target = active.target();
                outcome.add(
                        job.jobName(),
                        target.labels() + " " + target.url() + " "
                                + target.internals().get(InternalLabels.INTERVAL) + " "
                                + target.internals().get(InternalLabels.TIMEOUT));
            }
            outcome.dropped += (int) snapshot.dropped().stream()
                    .filter(dropped -> !dropped.isProblem())
                    .count();
        }
        return outcome;
    }

    private static PoolSnapshot snapshot(ScrapeConfig job) {
        DiscoveryConfig.Static targets =
                (DiscoveryConfig.Static) job.discoveries().getFirst();
        try (TargetPool pool = new TargetPool(
                job.targets(),
                List.of(new NamedDiscovery("static_configs", new StaticDiscovery(targets.groups()))),
                new ManualTimer(),
                Runnable::run)) {
            pool.start(new SoleOwner().join(job.jobName(), new NoOwner()), (_, _) -> {});
            return pool.snapshot();
        }
    }
}

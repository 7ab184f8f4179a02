package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.gateway.discovery.kubernetes.monitors.InvalidMonitorException;
import io.lightvessel.gateway.discovery.kubernetes.monitors.Monitor;
import io.lightvessel.gateway.discovery.kubernetes.monitors.MonitorOptions;
import io.lightvessel.gateway.discovery.kubernetes.monitors.MonitorReferences;
import io.lightvessel.gateway.discovery.kubernetes.monitors.MonitorTranslation;
import io.lightvessel.gateway.discovery.kubernetes.monitors.PendingReferenceException;
import io.lightvessel.gateway.discovery.kubernetes.monitors.TranslatedMonitor;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of all monitors, as far as they can be used. A monitor that cannot is a problem that names it, keeps the jobs
 * it had before away, and leaves the others alone.
 */
final class MonitorJobs {

    private static final int MOST_JOBS = 5000;

    private final JobTexts texts;
    private final MonitorReferences references;
    private final Map<String, Known> monitors = new TreeMap<>();
    private int jobs;

    private record Known(Monitor monitor, Map<String, Job> jobs, Optional<String> problem, List<String> notes) {}

    /** A job, and what it was read from. */
    private record Job(Map<String, Object> tree, ScrapeConfig config) {}

    /** What is different. */
    record Change(List<ScrapeConfig> changed, Set<String> gone) {
        boolean isEmpty() {
            return changed.isEmpty() && gone.isEmpty();
        }
    }

    MonitorJobs(JobTexts texts, MonitorReferences references) {
        this.texts = texts;
        this.references = references;
    }

    /** A monitor is new or another one. */
    Change put(Monitor monitor, MonitorOptions options) {
        Known before = monitors.get(monitor.id());
        Known now = translated(monitor, options, before);
        return replaced(monitor.id(), before, now);
    }

    Change remove(String id) {
        return replaced(id, monitors.get(id), null);
    }

    private Change replaced(String id, @Nullable Known before, @Nullable Known now) {
        Map<String, Job> had = before == null ? Map.of() : before.jobs();
        Map<String, Job> has = now == null ? Map.of() : now.jobs();
        if (now == null) {
            monitors.remove(id);
        } else {
            monitors.put(id, now);
        }
        jobs += has.size() - had.size();
        List<ScrapeConfig> changed = new ArrayList<>();
        has.forEach((name, job) -> {
            Job old = had.get(name);
            if (old == null || !old.tree().equals(job.tree())) {
                changed.add(job.config());
            }
        });
        Set<String> gone = new HashSet<>(had.keySet());
        gone.removeAll(has.keySet());
        return new Change(changed, gone);
    }

    private Known translated(Monitor monitor, MonitorOptions options, @Nullable Known before) {
        try {
            TranslatedMonitor translated = MonitorTranslation.translate(monitor, references, options);
            int others = jobs - (before == null ? 0 : before.jobs().size());
            if (others + translated.jobs().size() > MOST_JOBS) {
                throw new InvalidMonitorException(
                        "too many jobs (expected: at most " + MOST_JOBS + " of all monitors)");
            }
            Map<String, Job> made = new HashMap<>();
            for (Map<String, Object> tree : translated.jobs()) {
                Job old = before == null ? null : before.jobs().get(String.valueOf(tree.get("job_name")));
                ScrapeConfig config = old != null && old.tree().equals(tree) ? old.config() : texts.read(tree);
                made.put(config.jobName(), new Job(tree, config));
            }
            return new Known(monitor, made, Optional.empty(), translated.notes());
        } catch (PendingReferenceException e) {
            return before == null
                    ? new Known(monitor, Map.of(), Optional.empty(), List.of())
                    : new Known(monitor, before.jobs(), before.problem(), before.notes());
        } catch (InvalidMonitorException e) {
            return new Known(monitor, Map.of(), Optional.ofNullable(e.getMessage()), List.of());
        }
    }

    /** All monitors, for when something they refer to has changed. */
    List<Monitor> all() {
        return monitors.values().stream().map(Known::monitor).toList();
    }

    /** A sentence for each monitor that cannot be used. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Known known : monitors.values()) {
            known.problem().ifPresent(problem -> problems.add(known.monitor().title() + ": " + problem));
        }
        return problems;
    }

    List<MonitorStatus> statuses() {
        return monitors.values().stream()
                .map(known -> new MonitorStatus(
                        known.monitor().title(),
                        known.jobs().keySet().stream().sorted().toList(),
                        known.problem(),
                        known.notes()))
                .toList();
    }
}

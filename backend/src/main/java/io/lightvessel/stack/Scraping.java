package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** What the gateway fetches metrics from. */
public record Scraping(
        @Doc("How often each target is scraped, unless a monitor says otherwise.")
        @NotNull(message = Expected.DURATION_EXPECTED)
        @Pattern(regexp = Expected.DURATION, message = Expected.DURATION_EXPECTED)
        String interval,

        @Doc("Whether ServiceMonitor objects of the Prometheus operator are followed.")
        boolean serviceMonitors,

        @Doc("Whether PodMonitor objects of the Prometheus operator are followed.")
        boolean podMonitors,

        @Doc("Pods and services that ask by annotation to be scraped.") @NotNull(message = Expected.OBJECT) @Valid
        Annotations annotations,

        @Doc("Whether every node's kubelet is scraped, with /metrics and /metrics/cadvisor.")
        boolean kubelets,

        @Doc("Well-known exporters that are found by what they are.") @NotNull(message = "expected: a list")
        List<@NotNull(message = "expected: an exporter") Preset> presets,

        @Doc("Targets with fixed addresses.")
        @NotNull(message = "expected: a list")
        @Size(max = MOST_JOBS, message = MOST_JOBS_EXPECTED)
        List<@NotNull(message = Expected.OBJECT) @Valid StaticJob> jobs) {

    static final int MOST_JOBS = 100;
    static final String MOST_JOBS_EXPECTED = "expected: at most 100 jobs";

    public Scraping {
        presets = presets == null
                ? List.of()
                : presets.stream().distinct().sorted().toList();
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
    }

    static Scraping none() {
        return new Scraping("30s", false, false, new Annotations(false, "prometheus.io"), false, List.of(), List.of());
    }

    /** Whether there is anything to scrape. */
    public boolean hasTargets() {
        return needsKubernetes() || !jobs.isEmpty();
    }

    /** Whether targets are looked for in the Kubernetes API. */
    public boolean needsKubernetes() {
        return serviceMonitors || podMonitors || annotations.enabled() || kubelets || !presets.isEmpty();
    }

    public Scraping withInterval(String changed) {
        return new Scraping(changed, serviceMonitors, podMonitors, annotations, kubelets, presets, jobs);
    }

    public Scraping withJobs(List<StaticJob> changed) {
        return new Scraping(interval, serviceMonitors, podMonitors, annotations, kubelets, presets, changed);
    }

    /** Annotations such as {@code prometheus.io/scrape}. */
    public record Annotations(
            @Doc("Whether annotations are followed.") boolean enabled,

            @Doc("What the annotations scrape, port, path and scheme begin with.")
            @NotNull(message = PREFIX_EXPECTED)
            @Pattern(regexp = "[a-z0-9]([-a-z0-9.]{0,100}[a-z0-9])?", message = PREFIX_EXPECTED)
            String prefix) {

        private static final String PREFIX_EXPECTED = "expected: an annotation prefix such as prometheus.io";
    }

    /** Exporters that most clusters run. */
    public enum Preset {
        KUBE_STATE_METRICS,
        NODE_EXPORTER,
        POSTGRES_EXPORTER,
        REDIS_EXPORTER
    }
}

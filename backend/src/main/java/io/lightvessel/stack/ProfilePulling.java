package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** What the gateway fetches profiles from, by their /debug/pprof addresses. */
public record ProfilePulling(
        @Doc("How often each target is asked for its profiles.")
        @NotNull(message = Expected.DURATION_EXPECTED)
        @Pattern(regexp = Expected.DURATION, message = Expected.DURATION_EXPECTED)
        String interval,

        @Doc("Whether pods are found by Pyroscope's annotations, profiles.grafana.com/cpu.scrape and the like.")
        boolean annotations,

        @Doc("Targets with fixed addresses.")
        @NotNull(message = "expected: a list")
        @Size(max = Scraping.MOST_JOBS, message = Scraping.MOST_JOBS_EXPECTED)
        List<@NotNull(message = Expected.OBJECT) @Valid StaticJob> jobs) {

    public ProfilePulling {
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
    }

    static ProfilePulling none() {
        return new ProfilePulling("15s", false, List.of());
    }

    /** Whether there is anything to pull from. */
    public boolean hasTargets() {
        return annotations || !jobs.isEmpty();
    }

    public ProfilePulling withJobs(List<StaticJob> changed) {
        return new ProfilePulling(interval, annotations, changed);
    }
}

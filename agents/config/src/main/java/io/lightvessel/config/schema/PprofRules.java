package io.lightvessel.config.schema;

import io.lightvessel.config.PromDuration;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has to hold between the keys of the pprof receiver. */
final class PprofRules {

    static final List<String> PROFILES = List.of(
            "memory",
            "block",
            "goroutine",
            "mutex",
            "process_cpu",
            "fgprof",
            "godeltaprof_memory",
            "godeltaprof_block",
            "godeltaprof_mutex");

    private PprofRules() {}

    static void check(Settings settings, RuleReport report) {
        List<Settings> jobs = settings.sections("scrape_configs");
        if (jobs.isEmpty()) {
            report.error("scrape_configs", "an empty list (expected: a job)");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < jobs.size(); i++) {
            job(jobs.get(i), "scrape_configs::" + i, names, report);
        }
    }

    private static void job(Settings job, String at, Set<String> names, RuleReport report) {
        if (job.isKnown("job_name")) {
            String name = job.string("job_name");
            if (name.isEmpty()) {
                report.error(at + "::job_name", "an empty name (expected: a name)");
            } else if (!names.add(name)) {
                report.error(at + "::job_name", "'" + name + "' is there twice (expected: a name of its own)");
            }
        }
        profiles(job, at, report);
        HttpClientKeys.check(job, at + "::", report);
        RelabelKeys.check(job, "relabel_configs", at + "::", true, report);
        DiscoveryKeys.check(job, at + "::", true, report);
    }

    private static void profiles(Settings job, String at, RuleReport report) {
        Settings profiling = job.section("profiling_config");
        boolean any = false;
        boolean delta = false;
        for (String name : PROFILES) {
            Settings profile = profiling.section("profile." + name);
            if (isOn(profile, "enabled")) {
                any = true;
                delta |= isOn(profile, "delta");
                if (profile.isKnown("path") && !profile.string("path").startsWith("/")) {
                    report.error(
                            at + "::profiling_config::profile." + name + "::path",
                            "'" + profile.string("path") + "' (expected: a path that begins with /)");
                }
            }
        }
        Set<String> names = new HashSet<>(PROFILES);
        List<Settings> custom = profiling.sections("profile.custom");
        for (int i = 0; i < custom.size(); i++) {
            Settings profile = custom.get(i);
            String where = at + "::profiling_config::profile.custom::" + i;
            if (profile.isKnown("name") && (profile.string("name").isEmpty() || !names.add(profile.string("name")))) {
                report.error(where + "::name", "'" + profile.string("name") + "' (expected: a name of its own)");
            }
            if (profile.isKnown("path") && !profile.string("path").startsWith("/")) {
                report.error(
                        where + "::path", "'" + profile.string("path") + "' (expected: a path that begins with /)");
            }
            any |= isOn(profile, "enabled");
            delta |= isOn(profile, "enabled") && isOn(profile, "delta");
        }
        if (!any) {
            report.error(at + "::profiling_config", "no profile enabled (expected: one or more)");
        }
        if (delta) {
            durations(job, at, report);
        }
    }

    private static boolean isOn(Settings profile, String key) {
        return !profile.isKnown(key) || profile.flag(key);
    }

    /** Targets answer only when the time is over. */
    private static void durations(Settings job, String at, RuleReport report) {
        if (!job.isKnown("scrape_interval")) {
            return;
        }
        Duration interval = job.duration("scrape_interval");
        if (interval.compareTo(Duration.ofSeconds(2)) < 0) {
            report.error(
                    at + "::scrape_interval",
                    PromDuration.format(interval) + " (expected: 2s or more, since there are profiles with delta)");
            return;
        }
        Duration taken = interval.minusSeconds(1);
        if (job.isKnown("delta_profiling_duration")) {
            taken = job.duration("delta_profiling_duration");
            if (taken.compareTo(interval.minusSeconds(1)) > 0) {
                report.error(
                        at + "::delta_profiling_duration",
                        PromDuration.format(taken)
                                + " (expected: at least a second less than scrape_interval, which is "
                                + PromDuration.format(interval) + ")");
            }
        }
        if (job.isKnown("scrape_timeout") && job.duration("scrape_timeout").compareTo(taken) <= 0) {
            report.error(
                    at + "::scrape_timeout",
                    PromDuration.format(job.duration("scrape_timeout"))
                            + " (expected: more than profiles with delta take, which is "
                            + PromDuration.format(taken) + ")");
        }
    }
}

package io.lightvessel.gateway.pprof;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.httpclient.HttpClientConfig;
import io.lightvessel.gateway.relabel.NameScheme;
import io.lightvessel.gateway.relabel.RelabelRule;
import io.lightvessel.gateway.targets.TargetOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of {@code scrape_configs}: where its targets come from and which profiles are pulled from them.
 *
 * @param timeout for one pull, if the config says it
 * @param delta how long profiles with delta are taken, if the config says it
 * @param bodyLimit most bytes of an unpacked profile
 */
record PprofJob(
        TargetOptions targets,
        List<DiscoveryConfig> discoveries,
        HttpClientConfig http,
        List<ProfileType> types,
        String pathPrefix,
        Optional<Duration> timeout,
        Optional<Duration> delta,
        int bodyLimit) {

    /** Profiles are unpacked into one array. */
    private static final long LARGEST_BODY = 1L << 30;

    static PprofJob of(ComponentId id, Settings job) {
        Duration interval = job.duration("scrape_interval");
        Settings profiling = job.section("profiling_config");
        long limit = job.integer("body_size_limit");
        return new PprofJob(
                targets(id, job, interval),
                DiscoveryConfig.listOf(job),
                HttpClientConfig.of(job),
                types(profiling),
                profiling.string("path_prefix"),
                duration(job, "scrape_timeout"),
                duration(job, "delta_profiling_duration"),
                (int) (limit == 0 ? LARGEST_BODY : Math.min(limit, LARGEST_BODY)));
    }

    private static Optional<Duration> duration(Settings job, String key) {
        return job.has(key) ? Optional.of(job.duration(key)) : Optional.empty();
    }

    /** Longest time for a pull from a target that has this interval. */
    Duration timeout(Duration interval) {
        return timeout.orElseGet(() -> interval.plusSeconds(3));
    }

    /** What a profile with delta is asked for, of a target that has this interval. */
    long deltaSeconds(Duration interval) {
        Duration most = interval.minusSeconds(1);
        Duration wanted = delta.filter(chosen -> chosen.compareTo(most) < 0).orElse(most);
        return Math.max(1, wanted.toSeconds());
    }

    /** The pool's own timeout counts nothing: here a pull may take longer than the interval. */
    private static TargetOptions targets(ComponentId id, Settings job, Duration interval) {
        List<RelabelRule> rules = new ArrayList<>(RelabelRule.listOf(job, "relabel_configs"));
        rules.addAll(ServiceName.RULES);
        return new TargetOptions(
                id + "/" + job.string("job_name"),
                job.string("job_name"),
                job.string("scheme"),
                "/",
                job.stringListMap("params"),
                interval,
                interval,
                rules,
                NameScheme.LEGACY,
                job.integer("target_limit"),
                job.integer("keep_dropped_targets"));
    }

    private static List<ProfileType> types(Settings profiling) {
        List<ProfileType> types = new ArrayList<>();
        boolean prefer = profiling.flag("prefer_godeltaprof");
        for (String name : ProfileType.NAMES) {
            Settings profile = profiling.section("profile." + name);
            if (!profile.flag("enabled")) {
                continue;
            }
            String counterpart = "profile.godeltaprof_" + name;
            boolean look = prefer
                    && profiling.has(counterpart)
                    && !profiling.section(counterpart).flag("enabled");
            Optional<String> deltaPath =
                    look ? Optional.of(profiling.section(counterpart).string("path")) : Optional.empty();
            types.add(ProfileType.of(name, profile.string("path"), profile.flag("delta"), deltaPath));
        }
        for (Settings custom : profiling.sections("profile.custom")) {
            if (custom.flag("enabled")) {
                types.add(ProfileType.of(
                        custom.string("name"), custom.string("path"), custom.flag("delta"), Optional.empty()));
            }
        }
        return List.copyOf(types);
    }
}

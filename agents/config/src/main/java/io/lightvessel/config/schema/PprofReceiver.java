package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.choice;
import static io.lightvessel.config.schema.Keys.extension;
import static io.lightvessel.config.schema.Keys.flag;
import static io.lightvessel.config.schema.Keys.joined;
import static io.lightvessel.config.schema.Keys.key;
import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.promDuration;
import static io.lightvessel.config.schema.Keys.required;
import static io.lightvessel.config.schema.Keys.section;
import static io.lightvessel.config.schema.Keys.sections;
import static io.lightvessel.config.schema.Keys.size;
import static io.lightvessel.config.schema.Keys.text;
import static io.lightvessel.config.schema.Keys.textListMap;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.KeySchema;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import io.lightvessel.config.ValueType;
import java.util.List;
import java.util.Set;

/** The keys of the pprof receiver: Prometheus' for jobs, and those of Alloy's pyroscope.scrape for profiles. */
final class PprofReceiver {

    private static final ObjectSchema CUSTOM = keys(
            required(text("name", "What the profile is called.")),
            required(text("path", "Where it is to be had.")),
            flag("enabled", true, "Pull it."),
            flag("delta", false, "Ask for a profile of delta_profiling_duration."));

    private static final ObjectSchema PROFILES = keys(
            profile("memory", "/debug/pprof/allocs", true, false, "Allocations and what is in use."),
            profile("block", "/debug/pprof/block", true, false, "Where goroutines wait."),
            profile("goroutine", "/debug/pprof/goroutine", true, false, "Where goroutines are."),
            profile("mutex", "/debug/pprof/mutex", true, false, "Who holds up others by locks."),
            profile("process_cpu", "/debug/pprof/profile", true, true, "Where processor time goes."),
            profile("fgprof", "/debug/fgprof", false, true, "Time on and off the processor."),
            profile(
                    "godeltaprof_memory",
                    "/debug/pprof/delta_heap",
                    false,
                    false,
                    "memory as the target's own differences."),
            profile(
                    "godeltaprof_block",
                    "/debug/pprof/delta_block",
                    false,
                    false,
                    "block as the target's own differences."),
            profile(
                    "godeltaprof_mutex",
                    "/debug/pprof/delta_mutex",
                    false,
                    false,
                    "mutex as the target's own differences."),
            sections("profile.custom", CUSTOM, "Profiles of other names."),
            text("path_prefix", "", "Put before every path."),
            flag(
                    "prefer_godeltaprof",
                    true,
                    "Look once whether a target tells the differences of memory, block and mutex by itself, under the"
                            + " paths of godeltaprof, and take those. Nobody else may pull them then."));

    private static final ObjectSchema JOB = joined(
            keys(
                    required(text("job_name", "Name of the job, once in a receiver; it becomes the label job.")),
                    choice("scheme", List.of("http", "https"), "http", "How to ask."),
                    textListMap("params", "Parameters of the URL."),
                    promDuration("scrape_interval", "1s", "15s", "How often each profile is pulled."),
                    promDuration(
                            "scrape_timeout",
                            "1ms",
                            null,
                            "Longest time for one; three seconds more than the interval (18s) unless written."),
                    promDuration(
                            "delta_profiling_duration",
                            "1s",
                            null,
                            "How long profiles with delta are taken; a second less than the interval (14s) unless"
                                    + " written."),
                    size("body_size_limit", "64MiB", "Largest profile after decompression."),
                    key(
                            "target_limit",
                            new ValueType.Whole(0, Integer.MAX_VALUE),
                            "0",
                            "Most targets; 0 has no limit."),
                    key(
                            "keep_dropped_targets",
                            new ValueType.Whole(0, Integer.MAX_VALUE),
                            "0",
                            "Most dropped targets that are kept for show; 0 has no limit."),
                    section("profiling_config", PROFILES, "Which profiles are pulled.")),
            HttpClientKeys.KEYS,
            keys(sections("relabel_configs", RelabelKeys.KEYS, "What becomes of targets, rule by rule.")),
            DiscoveryKeys.KEYS);

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.RECEIVER,
            "pprof",
            Stability.BETA,
            Set.of(Signal.PROFILES),
            "Finds targets and pulls pprof profiles from them, shared between replicas.",
            keys(
                    sections("scrape_configs", JOB, "Jobs: where targets come from and what is pulled."),
                    extension(
                            "clustering",
                            ExtensionCapability.CLUSTERING,
                            "The extension that shares targets between replicas; without, this agent pulls from all.")),
            PprofRules::check);

    private PprofReceiver() {}

    private static KeySchema profile(String name, String path, boolean enabled, boolean delta, String doc) {
        return section(
                "profile." + name,
                keys(
                        flag("enabled", enabled, "Pull it."),
                        text("path", path, "Where it is to be had."),
                        flag("delta", delta, "Ask for a profile of delta_profiling_duration.")),
                doc);
    }
}

package io.lightvessel.gateway.discovery;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.httpclient.HttpClientConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of a job's {@code *_sd_configs}, or its static ones. */
public sealed interface DiscoveryConfig {

    /** Where it stands in the job, for example {@code file_sd_configs/0}. */
    String name();

    /** {@code static_configs}, all of them together. */
    record Static(String name, List<TargetGroup> groups) implements DiscoveryConfig {}

    /** One of {@code file_sd_configs}. */
    record File(String name, List<String> patterns, Duration refreshInterval) implements DiscoveryConfig {}

    /** One of {@code http_sd_configs}. */
    record Http(String name, URI url, Duration refreshInterval, HttpClientConfig client) implements DiscoveryConfig {}

    /** One of {@code dns_sd_configs}. */
    record Dns(String name, List<String> names, Type type, Optional<Integer> port, Duration refreshInterval)
            implements DiscoveryConfig {

        /** What records are looked for. */
        public enum Type {
            SRV,
            A,
            AAAA,
            MX,
            NS
        }
    }

    /** One of {@code kubernetes_sd_configs}, with its settings as they are. */
    record Kubernetes(String name, Settings settings, HttpClientConfig client) implements DiscoveryConfig {}

    /** Those of a job, in the order of {@code static}, {@code file}, {@code http}, {@code dns}, {@code kubernetes}. */
    static List<DiscoveryConfig> listOf(Settings job) {
        List<DiscoveryConfig> configs = new ArrayList<>();
        List<Settings> statics = job.sections("static_configs");
        if (!statics.isEmpty()) {
            List<TargetGroup> groups = new ArrayList<>();
            for (Settings group : statics) {
                groups.add(group(String.valueOf(groups.size()), group));
            }
            configs.add(new Static("static_configs", List.copyOf(groups)));
        }
        each(
                job,
                "file_sd_configs",
                configs,
                (name, sd) -> new File(name, sd.strings("files"), sd.duration("refresh_interval")));
        each(
                job,
                "http_sd_configs",
                configs,
                (name, sd) -> new Http(
                        name, URI.create(sd.string("url")), sd.duration("refresh_interval"), HttpClientConfig.of(sd)));
        each(
                job,
                "dns_sd_configs",
                configs,
                (name, sd) -> new Dns(
                        name,
                        sd.strings("names"),
                        Dns.Type.valueOf(sd.string("type")),
                        sd.has("port") ? Optional.of((int) sd.integer("port")) : Optional.empty(),
                        sd.duration("refresh_interval")));
        each(job, "kubernetes_sd_configs", configs, (name, sd) -> new Kubernetes(name, sd, HttpClientConfig.of(sd)));
        return List.copyOf(configs);
    }

    private static TargetGroup group(String source, Settings group) {
        List<Map<String, String>> targets = new ArrayList<>();
        for (String target : group.strings("targets")) {
            Map<String, String> labels = new HashMap<>();
            labels.put("__address__", target);
            targets.add(labels);
        }
        return new TargetGroup(source, targets, group.stringMap("labels"));
    }

    /** Makes one config of its settings. */
    interface Reader {
        DiscoveryConfig read(String name, Settings settings);
    }

    private static void each(Settings job, String key, List<DiscoveryConfig> configs, Reader reader) {
        int index = 0;
        for (Settings settings : job.sections(key)) {
            configs.add(reader.read(key + "/" + index++, settings));
        }
    }
}

package io.lightvessel.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether there is a demo cluster, where its telemetry goes and where it is fetched from.
 *
 * @param nodeProfiles whether a new demo stack profiles what the machine runs
 * @param scrapeJobs what gateways scrape, as in {@code agents=127.0.0.1:8888,127.0.0.1:8889;prometheus=127.0.0.1:9090}
 * @param profileJobs what they pull profiles from, in the same form
 * @param clusterPeers where gateways talk to each other
 */
@ConfigurationProperties("lightvessel.demo")
record DemoSettings(
        @DefaultValue("false") boolean enabled,
        @Nullable String metricsUrl,
        @Nullable String tracesEndpoint,
        @Nullable String logsEndpoint,
        @Nullable String profilesUrl,
        @DefaultValue("false") boolean nodeProfiles,
        @DefaultValue("") String scrapeJobs,
        @DefaultValue("") String profileJobs,
        @DefaultValue List<String> clusterPeers,
        @Nullable String grafanaUrl) {}

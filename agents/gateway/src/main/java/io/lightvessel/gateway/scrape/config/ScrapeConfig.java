package io.lightvessel.gateway.scrape.config;

import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.httpclient.HttpClientConfig;
import io.lightvessel.gateway.relabel.RelabelRule;
import io.lightvessel.gateway.targets.TargetOptions;
import java.util.List;
import java.util.Optional;

/**
 * One job: where its targets come from, how they are scraped and what becomes of their series.
 *
 * @param protocols formats to ask for, the best first
 * @param fallbackProtocol the format of answers that do not say what they are
 * @param trackTimestampsStaleness whether series with timestamps of their own become stale too
 */
public record ScrapeConfig(
        TargetOptions targets,
        List<DiscoveryConfig> discoveries,
        HttpClientConfig http,
        boolean enableCompression,
        List<ScrapeProtocol> protocols,
        Optional<ScrapeProtocol> fallbackProtocol,
        EscapingScheme escaping,
        boolean honorLabels,
        boolean honorTimestamps,
        boolean trackTimestampsStaleness,
        HistogramOptions histograms,
        ScrapeLimits limits,
        List<RelabelRule> metricRelabelling,
        boolean extraScrapeMetrics) {

    public ScrapeConfig {
        discoveries = List.copyOf(discoveries);
        protocols = List.copyOf(protocols);
        metricRelabelling = List.copyOf(metricRelabelling);
    }

    /** The label {@code job} before relabelling. */
    public String jobName() {
        return targets.job();
    }
}

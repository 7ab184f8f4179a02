package io.lightvessel.bench.scrape;

import org.jspecify.annotations.Nullable;

/**
 * What {@code bench scrape} was asked to do.
 *
 * @param churnPercent of the series, replaced by others each hour
 * @param rounds intervals that are measured, after two that fill caches
 * @param heapMebibytes the agent's largest heap
 * @param peer the command of another program, or {@code prometheus} for the one that is installed; null for the agent
 */
public record ScrapeOptions(
        int series,
        int targets,
        int intervalSeconds,
        int churnPercent,
        int rounds,
        boolean gzip,
        int heapMebibytes,
        @Nullable String peer) {

    public static final ScrapeOptions DEFAULTS = new ScrapeOptions(1_000_000, 500, 60, 20, 3, true, 768, null);

    int seriesPerTarget() {
        return Math.max(1, series / targets);
    }

    /** Series of one target that are replaced from one scrape to the next, on average. */
    double replacedPerScrape() {
        return seriesPerTarget() * (churnPercent / 100.0) * intervalSeconds / 3600;
    }

    public String name() {
        return "%,d series, %d targets, %d s, %d %% churn/h, %s"
                .formatted(series, targets, intervalSeconds, churnPercent, gzip ? "gzip" : "plain");
    }
}

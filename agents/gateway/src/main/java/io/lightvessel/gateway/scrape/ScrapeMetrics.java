package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.scrape.series.ScrapeCounts;
import io.lightvessel.gateway.scrape.series.ScrapeRefused;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.DropReason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A receiver's counters, under Prometheus' names where it has them. */
final class ScrapeMetrics {
    /** Why a slot passes without a scrape. */
    enum Skipped {
        /** The scrape of an earlier slot was still running. */
        RUNNING,
        /** The agent came too late, or the clock jumped over it. */
        LATE,
        /** Another replica may be scraping the target. */
        NOT_HELD
    }

    private static final long[] MILLIS = {5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000};

    private final ComponentMetrics metrics;
    private final ComponentMetrics.Counter duplicates;
    private final ComponentMetrics.Counter outOfBounds;
    private final ComponentMetrics.Counter samples;
    private final ComponentMetrics.Counter failed;
    private final ComponentMetrics.Counter succeeded;
    private final ComponentMetrics.Histogram durations;
    private final Map<ScrapeRefused.Limit, ComponentMetrics.Counter> limits = new EnumMap<>(ScrapeRefused.Limit.class);
    private final Map<Skipped, ComponentMetrics.Counter> skipped = new EnumMap<>(Skipped.class);

    ScrapeMetrics(ComponentMetrics metrics) {
        this.metrics = metrics;
        duplicates = counter(
                "prometheus_target_scrapes_sample_duplicate_timestamp_total",
                "Samples of a series that had come before in the same scrape.",
                Map.of());
        outOfBounds = counter(
                "prometheus_target_scrapes_sample_out_of_bounds_total",
                "Samples whose time is more than ten minutes ahead.",
                Map.of());
        limits.put(
                ScrapeRefused.Limit.SAMPLES,
                counter(
                        "prometheus_target_scrapes_exceeded_sample_limit_total",
                        "Scrapes that failed for sample_limit.",
                        Map.of()));
        limits.put(
                ScrapeRefused.Limit.LABELS,
                counter(
                        "prometheus_target_scrape_pool_exceeded_label_limits_total",
                        "Scrapes that failed for a limit of labels.",
                        Map.of()));
        limits.put(
                ScrapeRefused.Limit.BUCKETS,
                counter(
                        "prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total",
                        "Scrapes that failed for native_histogram_bucket_limit.",
                        Map.of()));
        limits.put(
                ScrapeRefused.Limit.BODY_SIZE,
                counter(
                        "prometheus_target_scrapes_exceeded_body_size_limit_total",
                        "Scrapes that failed for body_size_limit.",
                        Map.of()));
        samples = counter("lightvessel_scrape_samples_total", "Samples in the bodies of scrapes.", Map.of());
        succeeded = counter("lightvessel_scrapes_total", "Scrapes by how they ended.", Map.of("result", "ok"));
        failed = counter("lightvessel_scrapes_total", "Scrapes by how they ended.", Map.of("result", "failed"));
        durations = metrics.histogram(
                "lightvessel_scrape_duration_milliseconds", "How long scrapes take.", Map.of(), MILLIS);
        for (Skipped why : Skipped.values()) {
            skipped.put(
                    why,
                    counter(
                            "lightvessel_scrape_slots_skipped_total",
                            "Moments at which a target was not scraped though it was due.",
                            Map.of("reason", why.name().toLowerCase(Locale.ROOT))));
        }
    }

    private ComponentMetrics.Counter counter(String name, String help, Map<String, String> labels) {
        return metrics.counter(name, help, labels);
    }

    void scraped(ScrapeCounts counts, boolean ok, long nanos) {
        samples.add(counts.scraped());
        if (counts.duplicates() > 0) {
            duplicates.add(counts.duplicates());
        }
        if (counts.outOfBounds() > 0) {
            outOfBounds.add(counts.outOfBounds());
        }
        (ok ? succeeded : failed).add(1);
        durations.observe(TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    void exceeded(ScrapeRefused.Limit limit) {
        ComponentMetrics.Counter counter = limits.get(limit);
        if (counter != null) {
            counter.add(1);
        }
    }

    void skipped(Skipped why, long slots) {
        ComponentMetrics.Counter counter = skipped.get(why);
        if (counter != null) {
            counter.add(slots);
        }
    }

    void dropped(DropReason reason, int records) {
        counter(
                        "lightvessel_scrape_dropped_metric_points_total",
                        "Data points that no pipeline took, given up after retries.",
                        Map.of("reason", reason.label()))
                .add(records);
    }
}

package io.lightvessel.gateway.scrape.config;

/** What becomes of histograms; targets may say otherwise by labels such as {@code __scrape_native_histograms__}. */
public record HistogramOptions(
        boolean scrapeNative, boolean alwaysScrapeClassic, boolean convertClassicToCustomBuckets) {}

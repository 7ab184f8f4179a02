package io.lightvessel.gateway.scrape.config;

/** What a scrape may bring; 0 has no limit. */
public record ScrapeLimits(
        long bodySize,
        long samples,
        long labels,
        long labelNameLength,
        long labelValueLength,
        long nativeHistogramBuckets,
        double nativeHistogramMinBucketFactor) {}

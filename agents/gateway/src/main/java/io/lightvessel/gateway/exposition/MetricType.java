package io.lightvessel.gateway.exposition;

/** The type of a family; the ordinal is the number that remote write 2.0 gives it. */
public enum MetricType {
    UNSPECIFIED,
    COUNTER,
    GAUGE,
    HISTOGRAM,
    GAUGE_HISTOGRAM,
    SUMMARY,
    INFO,
    STATE_SET
}

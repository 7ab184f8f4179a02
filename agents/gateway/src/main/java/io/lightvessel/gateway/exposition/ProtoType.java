package io.lightvessel.gateway.exposition;

import org.jspecify.annotations.Nullable;

/** The types of {@code io.prometheus.client}, in the order of their numbers. */
enum ProtoType {
    COUNTER(3, MetricType.COUNTER),
    GAUGE(2, MetricType.GAUGE),
    SUMMARY(4, MetricType.SUMMARY),
    UNTYPED(5, MetricType.UNSPECIFIED),
    HISTOGRAM(7, MetricType.HISTOGRAM),
    GAUGE_HISTOGRAM(7, MetricType.GAUGE_HISTOGRAM);

    private static final ProtoType[] ALL = values();

    private final int field;
    private final MetricType type;

    ProtoType(int field, MetricType type) {
        this.field = field;
        this.type = type;
    }

    /** The field of a metric that holds a value of this type. */
    int field() {
        return field;
    }

    MetricType type() {
        return type;
    }

    boolean isHistogram() {
        return field == 7;
    }

    static @Nullable ProtoType of(long number) {
        return number >= 0 && number < ALL.length ? ALL[(int) number] : null;
    }
}

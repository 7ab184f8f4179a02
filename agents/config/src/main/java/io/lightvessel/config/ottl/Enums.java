package io.lightvessel.config.ottl;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names of numbers that statements can use, by context. */
final class Enums {

    private static final Map<String, Long> SPAN = Map.of(
            "SPAN_KIND_UNSPECIFIED", 0L,
            "SPAN_KIND_INTERNAL", 1L,
            "SPAN_KIND_SERVER", 2L,
            "SPAN_KIND_CLIENT", 3L,
            "SPAN_KIND_PRODUCER", 4L,
            "SPAN_KIND_CONSUMER", 5L,
            "STATUS_CODE_UNSET", 0L,
            "STATUS_CODE_OK", 1L,
            "STATUS_CODE_ERROR", 2L);

    private static final Map<String, Long> METRIC = Map.of(
            "AGGREGATION_TEMPORALITY_UNSPECIFIED", 0L,
            "AGGREGATION_TEMPORALITY_DELTA", 1L,
            "AGGREGATION_TEMPORALITY_CUMULATIVE", 2L,
            "METRIC_DATA_TYPE_NONE", 0L,
            "METRIC_DATA_TYPE_GAUGE", 1L,
            "METRIC_DATA_TYPE_SUM", 2L,
            "METRIC_DATA_TYPE_HISTOGRAM", 3L,
            "METRIC_DATA_TYPE_EXPONENTIAL_HISTOGRAM", 4L,
            "METRIC_DATA_TYPE_SUMMARY", 5L);

    private static final Map<String, Long> POINT = point();
    private static final Map<String, Long> LOG = log();

    private Enums() {}

    static Map<String, Long> of(OttlContext context) {
        return switch (context) {
            case RESOURCE, SCOPE -> Map.of();
            case SPAN, SPANEVENT -> SPAN;
            case METRIC -> METRIC;
            case DATAPOINT -> POINT;
            case LOG -> LOG;
        };
    }

    private static Map<String, Long> point() {
        Map<String, Long> all = new LinkedHashMap<>(METRIC);
        all.put("FLAG_NONE", 0L);
        all.put("FLAG_NO_RECORDED_VALUE", 1L);
        return Map.copyOf(all);
    }

    private static Map<String, Long> log() {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("SEVERITY_NUMBER_UNSPECIFIED", 0L);
        long number = 1;
        for (String level : new String[] {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"}) {
            for (String step : new String[] {"", "2", "3", "4"}) {
                all.put("SEVERITY_NUMBER_" + level + step, number++);
            }
        }
        return Map.copyOf(all);
    }
}

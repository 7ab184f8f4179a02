package io.lightvessel.local.sink;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One piece of telemetry as the sink shows it: flattened to text, for people and tests to look at. */
sealed interface Telemetry {

    Map<String, String> resource();

    Map<String, String> attributes();

    default boolean has(Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .allMatch(want -> want.getValue().equals(attributes().get(want.getKey()))
                        || want.getValue().equals(resource().get(want.getKey())));
    }

    /** A span. */
    record Span(
            Instant receivedAt,
            String traceId,
            String spanId,
            String parentSpanId,
            String name,
            String kind,
            long durationMicros,
            String status,
            Map<String, String> resource,
            Map<String, String> attributes)
            implements Telemetry {}

    /** A log record. */
    record LogLine(
            Instant receivedAt,
            Instant time,
            String severity,
            String body,
            String traceId,
            Map<String, String> resource,
            Map<String, String> attributes)
            implements Telemetry {}

    /** A profile that was pushed: what it counts, and how many stacks. */
    record ProfileSeries(
            Instant receivedAt,
            String name,
            List<String> types,
            int samples,
            long durationMillis,
            Map<String, String> resource,
            Map<String, String> attributes)
            implements Telemetry {

        public ProfileSeries {
            types = List.copyOf(types);
        }
    }

    /** The latest point of one series. */
    record Point(
            Instant receivedAt,
            String name,
            String type,
            double value,
            Map<String, String> resource,
            Map<String, String> attributes)
            implements Telemetry {}
}

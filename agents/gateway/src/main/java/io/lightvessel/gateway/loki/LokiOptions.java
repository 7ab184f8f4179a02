package io.lightvessel.gateway.loki;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How log records become lines of streams.
 *
 * @param resourceLabels keys of resource attributes that become labels
 * @param attributeLabels keys of record attributes that become labels
 * @param structuredMetadata whether what a raw line leaves out is sent beside it
 * @param format for records without a hint
 * @param maxLabels most labels of a stream; what would be more goes the way of other attributes
 * @param maxLine most bytes of a line, 0 for any
 * @param truncate whether longer lines are cut instead of left out
 */
record LokiOptions(
        boolean exporterLabel,
        boolean jobLabel,
        boolean instanceLabel,
        boolean levelLabel,
        List<byte[]> resourceLabels,
        List<byte[]> attributeLabels,
        boolean structuredMetadata,
        LineFormat format,
        int maxLabels,
        int maxLine,
        boolean truncate) {

    LokiOptions {
        resourceLabels = List.copyOf(resourceLabels);
        attributeLabels = List.copyOf(attributeLabels);
    }

    static List<byte[]> keys(List<String> names) {
        return names.stream()
                .map(name -> name.trim().getBytes(StandardCharsets.UTF_8))
                .filter(key -> key.length > 0)
                .toList();
    }
}

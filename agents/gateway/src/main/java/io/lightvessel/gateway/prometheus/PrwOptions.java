package io.lightvessel.gateway.prometheus;

import java.util.Map;

/**
 * How metrics become series.
 *
 * @param externalLabels added to every series that has no such label itself
 * @param resourceAttributes whether every resource attribute becomes a label
 * @param targetInfo whether resources are described by {@code target_info}
 * @param suffixes whether names end in their unit and {@code _total}
 */
record PrwOptions(
        Map<String, String> externalLabels,
        String namespace,
        boolean resourceAttributes,
        boolean targetInfo,
        boolean suffixes) {
    PrwOptions {
        externalLabels = Map.copyOf(externalLabels);
    }
}

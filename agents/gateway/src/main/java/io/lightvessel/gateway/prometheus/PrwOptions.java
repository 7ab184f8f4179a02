package io.lightvessel.gateway.prometheus;

import java.util.Map;

/**
 * How metrics become series.
 *
 * @param externalLabels added to every series that has no such label itself
 * @param resourceAttributes whether every resource attribute becomes a label
 * @param withoutServiceAttributes whether those that make up {@code job} and {@code instance} do not
 * @param targetInfo whether resources are described by {@code target_info}
 * @param scopeLabels whether series name the scope they come from
 * @param metadata whether version 1.0 carries metadata; version 2.0 always does
 */
record PrwOptions(
        Map<String, String> externalLabels,
        String namespace,
        boolean resourceAttributes,
        boolean withoutServiceAttributes,
        boolean targetInfo,
        boolean scopeLabels,
        Naming naming,
        boolean metadata) {
    PrwOptions {
        externalLabels = Map.copyOf(externalLabels);
    }
}

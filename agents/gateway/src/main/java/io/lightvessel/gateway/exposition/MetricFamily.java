package io.lightvessel.gateway.exposition;

/**
 * What a target says about all series of one name.
 *
 * @param name as it stands in the metadata, without suffixes such as {@code _bucket}
 * @param unit empty when unknown
 * @param help empty when unknown
 */
public record MetricFamily(String name, MetricType type, String unit, String help) {}

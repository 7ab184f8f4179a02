package io.lightvessel.gateway.discovery;

/**
 * A discovery and how people call it.
 *
 * @param name unique within a job, for example {@code file_sd_configs/0}
 */
public record NamedDiscovery(String name, Discovery discovery) {}

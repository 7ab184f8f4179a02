package io.lightvessel.gateway.discovery.kubernetes;

/**
 * Narrows what the API server tells of.
 *
 * @param role the objects it is about, which need not be the discovery's own role: endpoints come with pods and services
 * @param label a label selector as kubectl writes it; empty for none
 * @param field a field selector as kubectl writes it; empty for none
 */
public record Selector(Role role, String label, String field) {}

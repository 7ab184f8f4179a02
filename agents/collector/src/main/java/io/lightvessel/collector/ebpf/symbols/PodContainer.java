package io.lightvessel.collector.ebpf.symbols;

/**
 * A container of a pod.
 *
 * @param serviceName what the pod's annotation {@code pyroscope.io/service_name} says; empty without one
 */
public record PodContainer(String namespace, String pod, String container, String serviceName) {}

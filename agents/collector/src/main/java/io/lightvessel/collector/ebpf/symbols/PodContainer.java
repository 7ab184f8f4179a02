package io.lightvessel.collector.ebpf.symbols;

/**
 * A container of a pod.
 *
 * @param serviceName what an annotation of the pod says that its service is called; empty without one
 */
public record PodContainer(String namespace, String pod, String container, String serviceName) {}

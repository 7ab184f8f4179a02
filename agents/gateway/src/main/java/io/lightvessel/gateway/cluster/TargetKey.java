package io.lightvessel.gateway.cluster;

/**
 * One target of one job. Equal on every replica for equal job names and labels, so that replicas can agree about it.
 *
 * @param pool the receiver and job, for example {@code prometheus/kube-state-metrics}
 * @param hash 64 bits of the target's labels after relabelling and of its URL
 */
public record TargetKey(String pool, long hash) {}

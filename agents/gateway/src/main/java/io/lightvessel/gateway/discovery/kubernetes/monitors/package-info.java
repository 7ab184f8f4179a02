/** Translates the Prometheus operator's ServiceMonitors and PodMonitors into scrape configs, by the operator's rules. */
@NullMarked
package io.lightvessel.gateway.discovery.kubernetes.monitors;

import org.jspecify.annotations.NullMarked;

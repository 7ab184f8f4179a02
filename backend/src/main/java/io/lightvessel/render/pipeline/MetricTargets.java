package io.lightvessel.render.pipeline;

import io.lightvessel.stack.Scraping;

/** Where scraped targets are known from. */
public sealed interface MetricTargets {

    /** Monitor objects of the Prometheus operator. */
    record Monitors(Kind kind) implements MetricTargets {
        /** The two sorts of monitors. */
        public enum Kind {
            SERVICE_MONITORS,
            POD_MONITORS
        }
    }

    /** Pods and services that ask to be scraped, by annotations that begin with the prefix. */
    record Annotated(String prefix) implements MetricTargets {}

    /** Every node's kubelet. */
    record Kubelets() implements MetricTargets {}

    /** An exporter that is found by what it is. */
    record WellKnown(Scraping.Preset preset) implements MetricTargets {}

    /** Targets with fixed addresses. */
    record Fixed(FetchJob job) implements MetricTargets {}
}

package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** What a cluster's telemetry stack should be. Documents are read over the {@link #defaults()}, so each part may be left out. */
public record StackSpec(
        @Doc("Version of this document's form.")
        @NotNull(message = EXPECTED_VERSION)
        @Pattern(regexp = "lightvessel\\.io/v1alpha2", message = EXPECTED_VERSION)
        String apiVersion,

        @Doc("Where agents stand between producers and backends.")
        @NotNull(message = "expected: AGENT, GATEWAY, HYBRID or SIDECAR")
        DeploymentMode mode,

        @Doc("Cluster-scoped work: receiving, fetching and passing on.") @NotNull(message = Expected.OBJECT) @Valid
        Gateway gateway,

        @Doc("Node-scoped work: pod logs and profiles.") @NotNull(message = Expected.OBJECT) @Valid
        Collector collector,

        @Doc("Which traces are kept.") @NotNull(message = Expected.OBJECT) @Valid
        Sampling sampling,

        @Doc("Where telemetry goes and where it is looked at.") @NotNull(message = Expected.OBJECT) @Valid
        Backends backends,

        @Doc("What programs are instrumented with.") @NotNull(message = Expected.OBJECT) @Valid
        Instrumentation instrumentation,

        @Doc("Configs written by hand, instead of rendered ones.") @NotNull(message = Expected.OBJECT) @Valid
        RawConfigs raw) {

    public static final String API_VERSION = "lightvessel.io/v1alpha2";
    private static final String EXPECTED_VERSION = "expected: " + API_VERSION;

    /** A stack with every default and no destination yet. */
    public static StackSpec defaults() {
        return new StackSpec(
                API_VERSION,
                DeploymentMode.HYBRID,
                Gateway.defaults(),
                Collector.defaults(),
                Sampling.all(),
                Backends.none(),
                Instrumentation.defaults(),
                RawConfigs.none());
    }

    public StackSpec withMode(DeploymentMode changed) {
        return new StackSpec(apiVersion, changed, gateway, collector, sampling, backends, instrumentation, raw);
    }

    public StackSpec withGateway(Gateway changed) {
        return new StackSpec(apiVersion, mode, changed, collector, sampling, backends, instrumentation, raw);
    }

    public StackSpec withCollector(Collector changed) {
        return new StackSpec(apiVersion, mode, gateway, changed, sampling, backends, instrumentation, raw);
    }

    public StackSpec withSampling(Sampling changed) {
        return new StackSpec(apiVersion, mode, gateway, collector, changed, backends, instrumentation, raw);
    }

    public StackSpec withBackends(Backends changed) {
        return new StackSpec(apiVersion, mode, gateway, collector, sampling, changed, instrumentation, raw);
    }

    public StackSpec withInstrumentation(Instrumentation changed) {
        return new StackSpec(apiVersion, mode, gateway, collector, sampling, backends, changed, raw);
    }

    public StackSpec withRaw(RawConfigs changed) {
        return new StackSpec(apiVersion, mode, gateway, collector, sampling, backends, instrumentation, changed);
    }
}

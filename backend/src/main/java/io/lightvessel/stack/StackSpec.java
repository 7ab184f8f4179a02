package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** What a cluster's telemetry stack should be. Documents are read over the {@link #defaults()}, so each part may be left out. */
public record StackSpec(
        @Doc("Version of this document's form.")
        @NotNull(message = EXPECTED_VERSION)
        @Pattern(regexp = "lightvessel\\.io/v1alpha1", message = EXPECTED_VERSION)
        String apiVersion,

        @Doc("Cluster-scoped work: receiving and passing on.") @NotNull(message = Expected.OBJECT) @Valid
        Gateway gateway,

        @Doc("Node-scoped work: pod logs.") @NotNull(message = Expected.OBJECT) @Valid
        Collector collector,

        @Doc("Where telemetry goes and where it is looked at.") @NotNull(message = Expected.OBJECT) @Valid
        Backends backends) {

    public static final String API_VERSION = "lightvessel.io/v1alpha1";
    private static final String EXPECTED_VERSION = "expected: " + API_VERSION;

    /** A stack with every default and no destination yet. */
    public static StackSpec defaults() {
        return new StackSpec(API_VERSION, Gateway.defaults(), Collector.defaults(), Backends.none());
    }

    public StackSpec withGateway(Gateway changed) {
        return new StackSpec(apiVersion, changed, collector, backends);
    }

    public StackSpec withCollector(Collector changed) {
        return new StackSpec(apiVersion, gateway, changed, backends);
    }

    public StackSpec withBackends(Backends changed) {
        return new StackSpec(apiVersion, gateway, collector, changed);
    }
}

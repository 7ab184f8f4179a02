package io.lightvessel.stack;

import io.lightvessel.wire.AgentRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is worth knowing about a stack that can be saved all the same. */
final class StackWarnings {
    private final StackSpec spec;
    private final List<StackFinding> found = new ArrayList<>();

    private StackWarnings(StackSpec spec) {
        this.spec = spec;
    }

    static List<StackFinding> of(StackSpec spec) {
        StackWarnings warnings = new StackWarnings(spec);
        warnings.signals();
        warnings.fetching();
        warnings.collecting();
        warnings.overridden();
        return List.copyOf(warnings.found);
    }

    private void signals() {
        for (Signal signal : List.of(Signal.METRICS, Signal.TRACES, Signal.LOGS)) {
            if (!spec.backends().takes(signal)) {
                warn(
                        "backends.destinations",
                        "none takes %s (expected: one); until there is one, agents refuse %s"
                                .formatted(signal.pipeline(), signal.pipeline()),
                        "Add a destination for " + signal.pipeline() + ".");
            }
        }
    }

    private void fetching() {
        Gateway gateway = spec.gateway();
        if (gateway.scraping().hasTargets() && !spec.backends().takes(Signal.METRICS)) {
            warn(
                    "gateway.scraping",
                    "targets, and no destination for metrics (expected: one); nothing is scraped",
                    "Add a destination for metrics.");
        }
        if (gateway.profiles().hasTargets() && !spec.backends().takes(Signal.PROFILES)) {
            warn(
                    "gateway.profiles",
                    "targets, and no destination for profiles (expected: one); nothing is pulled",
                    "Add a destination for profiles.");
        }
        boolean fetches = gateway.scraping().hasTargets() || gateway.profiles().hasTargets();
        if (fetches && !gateway.clustering().enabled() && gateway.scaling().maxReplicas() > 1) {
            warn(
                    "gateway.clustering.enabled",
                    "false with up to %d replicas (expected: true); every replica scrapes every target"
                            .formatted(gateway.scaling().maxReplicas()),
                    "Switch clustering on.");
        }
        if (spec.sampling().tail().enabled() && gateway.scaling().maxReplicas() > 1) {
            warn(
                    "sampling.tail.enabled",
                    "true with up to %d replicas (expected: one); spans of a trace reach several, and each decides on its part"
                            .formatted(gateway.scaling().maxReplicas()),
                    "Let producers send each trace to one replica, or allow one replica only.");
        }
    }

    private void collecting() {
        Collector collector = spec.collector();
        if (collector.profiles().enabled() && !spec.backends().takes(Signal.PROFILES)) {
            warn(
                    "collector.profiles.enabled",
                    "true, and no destination for profiles (expected: one); nothing is profiled",
                    "Add a destination for profiles.");
        }
        boolean nodes = spec.mode() == DeploymentMode.HYBRID || spec.mode() == DeploymentMode.AGENT;
        if (!nodes && collector.profiles().enabled()) {
            warn(
                    "collector.profiles.enabled",
                    "true in mode %s (expected: HYBRID or AGENT); no agent runs on the nodes".formatted(spec.mode()),
                    "Choose another mode, or switch profiles off.");
        }
    }

    private void overridden() {
        for (AgentRole role : AgentRole.values()) {
            if (spec.raw().of(role) != null) {
                warn(
                        "raw." + role.wireName(),
                        "a config of its own; the rest of the stack changes nothing for this role",
                        null);
            }
        }
    }

    private void warn(String path, String message, @Nullable String fix) {
        found.add(StackFinding.warning(path, message, fix));
    }
}

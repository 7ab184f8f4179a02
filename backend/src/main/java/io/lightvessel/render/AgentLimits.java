package io.lightvessel.render;

import io.lightvessel.stack.DeploymentMode;
import io.lightvessel.stack.Destination;
import io.lightvessel.stack.StackFinding;
import io.lightvessel.stack.StackSpec;
import java.util.ArrayList;
import java.util.List;

/** Names what a stack says and agents' own configs leave out: each entry goes when the agents learn it. */
final class AgentLimits {
    private static final String FIX =
            "Write the role's config by hand under raw, or run agents that are rendered for otherwise.";

    /** What the profiler of own agents is built to stay below. */
    private static final int MEMORY_MIB = 250;

    private final StackSpec spec;
    private final List<StackFinding> found = new ArrayList<>();

    private AgentLimits(StackSpec spec) {
        this.spec = spec;
    }

    static List<StackFinding> of(StackSpec spec) {
        AgentLimits limits = new AgentLimits(spec);
        limits.processing();
        limits.collector();
        limits.destinations();
        if (spec.mode() != DeploymentMode.HYBRID) {
            limits.leftOut("mode", spec.mode() + "; agents are installed as gateways and collectors by their chart");
        }
        return List.copyOf(limits.found);
    }

    /** The same, as findings of a rendering. */
    static List<RenderFinding> findings(List<StackFinding> limits) {
        return limits.stream()
                .map(limit -> RenderFinding.leftOut(limit.path(), limit.message(), FIX))
                .toList();
    }

    private void processing() {
        if (spec.gateway().processors().redaction().enabled()) {
            leftOut("gateway.processors.redaction", "masking of values");
        }
        if (spec.sampling().tail().enabled()) {
            leftOut("sampling.tail", "sampling of whole traces");
        }
    }

    private void collector() {
        if (spec.collector().profiles().enabled() && spec.collector().profiles().memoryBudgetMib() != MEMORY_MIB) {
            leftOut("collector.profiles.memoryBudgetMib", "another bound than " + MEMORY_MIB + " MiB on profiling");
        }
    }

    private void destinations() {
        spec.backends().destinations().forEach((name, destination) -> {
            String system = switch (destination) {
                case Destination.Datadog _ -> "Datadog";
                case Destination.Elasticsearch _ -> "Elasticsearch";
                case Destination.Kafka _ -> "Kafka";
                case Destination.Prometheus _,
                        Destination.Mimir _,
                        Destination.Loki _,
                        Destination.Tempo _,
                        Destination.Pyroscope _,
                        Destination.Otlp _ -> "";
            };
            if (!system.isEmpty()) {
                leftOut("backends.destinations." + name, "what goes to " + system);
            }
        });
    }

    private void leftOut(String path, String what) {
        found.add(StackFinding.warning(path, "configs of Lightvessel's agents leave out " + what, FIX));
    }
}

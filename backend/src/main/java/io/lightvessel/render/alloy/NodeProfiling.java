package io.lightvessel.render.alloy;

import static io.lightvessel.render.pipeline.RelabelRule.copy;
import static io.lightvessel.render.pipeline.RelabelRule.drop;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.pipeline.Source;
import java.util.List;

/** Writes the profiling of the node's containers by eBPF. */
final class NodeProfiling {
    private static final String POD = "__meta_kubernetes_pod_";

    private NodeProfiling() {}

    static void write(AlloyFile file, Fetching fetching, Source.NodeProfiles source, List<String> receivers) {
        String targets = fetching.relabel(
                "node_profiles",
                fetching.podsOfNode(source.path()),
                List.of(
                        drop(POD + "phase", "Succeeded|Failed"),
                        copy("__meta_kubernetes_namespace", "namespace"),
                        copy(POD + "name", "pod"),
                        copy(POD + "container_name", "container"),
                        copy(POD + "node_name", "node")));
        file.component("pyroscope.ebpf", "node", block -> {
            block.set("targets", new RiverValue.Expression(targets));
            block.refer("forward_to", receivers);
            block.number("sample_rate", source.profiles().sampleRate());
        });
        file.say(RenderFinding.differs(
                source.path(),
                "Alloy profiles processes of containers only; what runs on the node beside them is left out",
                "Lightvessel's agents, for processes outside of containers"));
        file.say(RenderFinding.leftOut(
                source.path() + ".cpuBudgetPercent",
                "Alloy samples at its rate whatever that costs",
                "a lower sampleRate, or a CPU limit for its container"));
        file.say(RenderFinding.leftOut(
                source.path() + ".memoryBudgetMib",
                "Alloy's profiler has no bound of its own on memory",
                "a memory limit for its container"));
        file.say(RenderFinding.needs(
                source.path(),
                "eBPF needs root and the host's process ids",
                "run Alloy privileged and with hostPID: true"));
    }
}

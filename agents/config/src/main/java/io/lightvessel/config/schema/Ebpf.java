package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.decimal;
import static io.lightvessel.config.schema.Keys.duration;
import static io.lightvessel.config.schema.Keys.flag;
import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.section;
import static io.lightvessel.config.schema.Keys.text;
import static io.lightvessel.config.schema.Keys.whole;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentRule;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.Set;

/** The keys of the ebpf receiver: those of Alloy's pyroscope.ebpf where it has the same. */
final class Ebpf {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.RECEIVER,
            "ebpf",
            Stability.BETA,
            Set.of(Signal.PROFILES),
            "Profiles the processor time of every process on the node.",
            keys(
                    whole("sample_rate", 1, 1000, 97, "Samples a second of each CPU that is busy."),
                    duration("collect_interval", "1s", "15s", "How much time a profile is about."),
                    text(
                            "node",
                            "",
                            "The label node; the machine's host name unless written. In a pod that is the pod's, so"
                                    + " write ${env:K8S_NODE_NAME} there."),
                    decimal(
                            "cpu_budget",
                            0,
                            100,
                            "1",
                            "Most percent of the node's processor time that profiling may take; above, it samples less"
                                    + " often and says so. 0 has no limit."),
                    whole("max_stacks", 1000, 10_000_000, 100_000, "Most different stacks in an interval."),
                    whole("max_processes", 10, 1_000_000, 4096, "Most processes in an interval."),
                    flag(
                            "jvm_perf_maps",
                            true,
                            "Asks JVMs that were sampled to write down the names of their code, as jcmd does."),
                    section(
                            "metadata",
                            PodApi.KEYS,
                            "What is asked of the API server: pods with their containers, and annotations that name services.")),
            ComponentRule.NONE);

    private Ebpf() {}
}

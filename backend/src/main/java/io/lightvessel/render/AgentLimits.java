package io.lightvessel.render;

import io.lightvessel.stack.Backends;
import io.lightvessel.stack.DeploymentMode;
import io.lightvessel.stack.Destination;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.Processors;
import io.lightvessel.stack.Receivers;
import io.lightvessel.stack.Signal;
import io.lightvessel.stack.StackFinding;
import io.lightvessel.stack.StackSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names what a stack says and {@link AgentDialect} does not write: each entry goes when the dialect learns it. */
final class AgentLimits {
    private final StackSpec spec;
    private final List<StackFinding> found = new ArrayList<>();

    private AgentLimits(StackSpec spec) {
        this.spec = spec;
    }

    static List<StackFinding> of(StackSpec spec) {
        AgentLimits limits = new AgentLimits(spec);
        limits.receivers();
        limits.processors();
        limits.sampling();
        limits.collector();
        limits.destinations();
        if (spec.mode() != DeploymentMode.HYBRID) {
            limits.leftOut("mode", spec.mode() + "; agents are installed as gateways and collectors by their chart");
        }
        return List.copyOf(limits.found);
    }

    private void receivers() {
        Receivers receivers = spec.gateway().receivers();
        if (receivers.jaeger().enabled()) {
            leftOut("gateway.receivers.jaeger", "Jaeger's spans");
        }
        if (receivers.zipkin().enabled()) {
            leftOut("gateway.receivers.zipkin", "Zipkin's spans");
        }
    }

    private void processors() {
        Processors processors = spec.gateway().processors();
        if (processors.memoryLimiter().enabled()) {
            leftOut("gateway.processors.memoryLimiter", "a memory limit; they have a budget of their own");
        }
        if (!processors.attributes().isEmpty()) {
            leftOut("gateway.processors.attributes", "changes to attributes");
        }
        if (!processors.transform().equals(Processors.Ottl.none())) {
            leftOut("gateway.processors.transform", "OTTL statements");
        }
        if (!processors.filter().equals(Processors.Ottl.none())) {
            leftOut("gateway.processors.filter", "OTTL conditions");
        }
        if (processors.redaction().enabled()) {
            leftOut("gateway.processors.redaction", "masking of values");
        }
    }

    private void sampling() {
        if (spec.sampling().gatewayPercent() < 100) {
            leftOut("sampling.gatewayPercent", "sampling at the gateway");
        }
        if (spec.sampling().tail().enabled()) {
            leftOut("sampling.tail", "sampling of whole traces");
        }
    }

    private void collector() {
        PodLogs logs = spec.collector().podLogs();
        if (logs.enabled() && logs.selects()) {
            leftOut("collector.podLogs", "a choice of pods; they tail all");
        }
        if (logs.enabled() && logs.multiline() != PodLogs.Multiline.NONE) {
            leftOut("collector.podLogs.multiline", "lines that belong together");
        }
        if (logs.enabled() && logs.parsing() != PodLogs.Parsing.NONE) {
            leftOut("collector.podLogs.parsing", "reading of lines");
        }
        if (logs.enabled() && logs.linesPerSecondPerPod() > 0) {
            leftOut("collector.podLogs.linesPerSecondPerPod", "a limit for each pod");
        }
        if (spec.collector().profiles().enabled()) {
            leftOut("collector.profiles", "profiles of processes");
        }
    }

    /** One destination a signal is written, the first of a kind the dialect has an exporter for. */
    private void destinations() {
        Backends backends = spec.backends();
        for (Signal signal : Signal.values()) {
            String written = written(signal);
            for (String name : backends.taking(signal)) {
                if (!name.equals(written)) {
                    leftOut("backends.destinations." + name, "%s to %s".formatted(signal.pipeline(), name));
                }
            }
        }
    }

    private @Nullable String written(Signal signal) {
        for (String name : spec.backends().taking(signal)) {
            Destination to = spec.backends().destinations().get(name);
            boolean known = switch (signal) {
                case METRICS -> to instanceof Destination.Prometheus || to instanceof Destination.Mimir;
                case TRACES -> to instanceof Destination.Tempo || speaks(to, Destination.Otlp.Protocol.GRPC);
                case LOGS -> to instanceof Destination.Loki || speaks(to, Destination.Otlp.Protocol.HTTP);
                case PROFILES -> to instanceof Destination.Pyroscope;
            };
            if (known) {
                return name;
            }
        }
        return null;
    }

    private static boolean speaks(@Nullable Destination to, Destination.Otlp.Protocol protocol) {
        return to instanceof Destination.Otlp otlp && otlp.protocol() == protocol;
    }

    private void leftOut(String path, String what) {
        found.add(StackFinding.warning(
                path,
                "configs of Lightvessel's agents leave out " + what,
                "Write the role's config by hand under raw, or run agents that are rendered for otherwise."));
    }
}

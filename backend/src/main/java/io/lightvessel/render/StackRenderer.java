package io.lightvessel.render;

import io.lightvessel.render.alloy.AlloyDialect;
import io.lightvessel.render.companion.BackendFiles;
import io.lightvessel.render.companion.KubernetesManifests;
import io.lightvessel.render.otelcol.AgentDialect;
import io.lightvessel.render.otelcol.StockDialect;
import io.lightvessel.render.pipeline.PlanReader;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.stack.RoleRenderer;
import io.lightvessel.stack.StackFinding;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes files from a stack. Holds no state and reads none: same stack and facts, same bytes. */
@Component
public class StackRenderer implements RoleRenderer {

    @Override
    public RenderedFile agentConfig(StackSpec spec, ClusterFacts facts, AgentRole role) {
        String raw = spec.raw().of(role);
        return RenderedFile.yaml(
                role.wireName() + ".yaml", raw != null ? raw : AgentDialect.text(PlanReader.read(spec, facts, role)));
    }

    @Override
    public List<StackFinding> leftOut(StackSpec spec) {
        return AgentLimits.of(spec);
    }

    @Override
    public List<StackFinding> traps(StackSpec spec) {
        return StackTraps.of(spec);
    }

    /** What a role runs, written for a program; targets that have no roles answer for every role alike. */
    public Rendering render(StackSpec spec, ClusterFacts facts, RenderTarget target, AgentRole role) {
        return switch (target) {
            case AGENT -> new Rendering(List.of(agentConfig(spec, facts, role)), AgentLimits.findings(leftOut(spec)));
            case OTELCOL -> withNotes(StockDialect.render(PlanReader.read(spec, facts, role)), spec, role);
            case ALLOY -> withNotes(AlloyDialect.render(PlanReader.read(spec, facts, role)), spec, role);
            case KUBERNETES -> new Rendering(kubernetes(spec, facts), KubernetesManifests.findings(spec, facts));
            case BACKENDS -> BackendFiles.render(spec, facts);
        };
    }

    private static Rendering withNotes(Rendering rendering, StackSpec spec, AgentRole role) {
        List<RenderFinding> findings = new ArrayList<>(rendering.findings());
        findings.addAll(StackTraps.ofOtherPrograms(spec, role));
        if (spec.raw().of(role) != null) {
            findings.add(RenderFinding.leftOut(
                    "raw." + role.wireName(),
                    "a config written by hand is in the agents' dialect; here is what the rest of the stack says",
                    "describe in the stack what the config says, or run Lightvessel's agents"));
        }
        return new Rendering(rendering.files(), findings);
    }

    /** The gateway's Service, Deployment, rights and, when scaling is on, HPA; the collector's DaemonSet with its rights. */
    public List<RenderedFile> kubernetes(StackSpec spec, ClusterFacts facts) {
        return KubernetesManifests.files(spec, facts);
    }

    public RenderedFile autoscaler(StackSpec spec, ClusterFacts facts) {
        return RenderedFile.yaml("hpa.yaml", new KubernetesManifests(spec, facts).autoscaler());
    }
}

package io.lightvessel.render;

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
                role.wireName() + ".yaml", raw != null ? raw : new AgentDialect(spec, facts, role).text());
    }

    @Override
    public List<StackFinding> leftOut(StackSpec spec) {
        return AgentLimits.of(spec);
    }

    /** The Kubernetes objects that go with the gateway: its Service and, when scaling is on, its HPA. */
    public List<RenderedFile> kubernetes(StackSpec spec, ClusterFacts facts) {
        List<RenderedFile> files = new ArrayList<>();
        KubernetesManifests manifests = new KubernetesManifests(spec, facts);
        files.add(RenderedFile.yaml("service.yaml", manifests.service()));
        if (FetchDialect.isShared(spec) && spec.gateway().clustering().peers().isEmpty()) {
            files.add(RenderedFile.yaml("service-cluster.yaml", manifests.clusterService()));
        }
        if (spec.gateway().scaling().enabled()) {
            files.add(autoscaler(spec, facts));
        }
        return List.copyOf(files);
    }

    public RenderedFile autoscaler(StackSpec spec, ClusterFacts facts) {
        return RenderedFile.yaml("hpa.yaml", new KubernetesManifests(spec, facts).autoscaler());
    }
}

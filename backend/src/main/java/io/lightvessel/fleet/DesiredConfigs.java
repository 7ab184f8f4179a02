package io.lightvessel.fleet;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterDeleted;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.stack.RoleRenderer;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.AgentRole;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Knows what each role of each cluster should run, rendered once for a revision. */
@Component
class DesiredConfigs {
    private static final Actor SELF = Actor.system("fleet");

    private final ClusterService clusters;
    private final StackService stacks;
    private final RoleRenderer renderer;
    private final Map<Target, Rendered> known = new ConcurrentHashMap<>();

    DesiredConfigs(ClusterService clusters, StackService stacks, RoleRenderer renderer) {
        this.clusters = clusters;
        this.stacks = stacks;
        this.renderer = renderer;
    }

    private record Target(TenantId tenant, ClusterId cluster, AgentRole role) {}

    // Revision 0 stands for a cluster without a stack.
    private record Rendered(long revision, @Nullable DesiredConfig config) {}

    @Nullable
    DesiredConfig find(TenantId tenant, ClusterId cluster, @Nullable AgentRole role) {
        if (role == null) {
            return null;
        }
        Target target = new Target(tenant, cluster, role);
        Rendered rendered = known.get(target);
        return rendered != null
                ? rendered.config()
                : keepNewest(target, TenantScope.call(tenant, SELF, () -> load(target)));
    }

    private Rendered load(Target target) {
        Cluster cluster = clusters.find(target.cluster()).orElse(null);
        StackRevision revision = stacks.released(target.cluster()).orElse(null);
        return cluster == null || revision == null ? new Rendered(0, null) : render(cluster, revision, target.role());
    }

    /** A revision was released: from now on agents should run it. */
    void released(TenantId tenant, StackRevision revision) {
        Cluster cluster = TenantScope.call(tenant, SELF, () -> clusters.find(revision.cluster()))
                .orElse(null);
        if (cluster == null) {
            return;
        }
        for (AgentRole role : AgentRole.values()) {
            keepNewest(new Target(tenant, cluster.id(), role), render(cluster, revision, role));
        }
    }

    void deleted(ClusterDeleted event) {
        known.keySet().removeIf(target -> target.cluster().equals(event.cluster()));
    }

    private Rendered render(Cluster cluster, StackRevision revision, AgentRole role) {
        RenderedFile file = renderer.agentConfig(revision.spec(), ClusterFacts.of(cluster), role);
        return new Rendered(revision.number(), new DesiredConfig(file.text(), file.sha256(), revision.number()));
    }

    // Two threads may render different revisions at once; the later revision wins whoever is slower.
    private @Nullable DesiredConfig keepNewest(Target target, Rendered rendered) {
        Rendered newest = known.merge(target, rendered, (a, b) -> a.revision() >= b.revision() ? a : b);
        return newest.config();
    }
}

package io.lightvessel.gateway.cluster;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.cluster.core.Arbiter;
import io.lightvessel.gateway.cluster.jgroups.JGroupsTransport;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.ExtensionContext;
import io.lightvessel.pipeline.ExtensionFactory;
import io.lightvessel.pipeline.HealthReporter;
import io.lightvessel.pipeline.Prepared;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes {@code cluster} extensions. */
public final class ClusterFactory implements ExtensionFactory {

    private final Clusters clusters;

    public ClusterFactory(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public String type() {
        return "cluster";
    }

    @Override
    public Prepared<Extension> prepare(ExtensionContext context, Settings settings, @Nullable Extension previous)
            throws ComponentFailure {
        JGroupsTransport transport = new JGroupsTransport(ClusterSettings.transport(settings, clusters.agentName()));
        HealthReporter health = context.health();
        ClusteredOwnership ownership = new ClusteredOwnership(
                transport,
                ClusterSettings.timing(settings),
                arbiter(settings),
                settings.duration("drain_timeout"),
                problem -> {
                    if (problem.isEmpty()) {
                        health.ok();
                    } else {
                        health.recoverable(problem);
                    }
                },
                new ClusterMetrics(context.metrics()));
        ClusterReplica replica = new ClusterReplica(ownership, clusters, health);
        return new Prepared<>() {
            @Override
            public Extension component() {
                return replica;
            }

            @Override
            public void commit() {
                replica.begin();
            }

            @Override
            public void abort() {
                ownership.discard();
            }
        };
    }

    private static @Nullable Arbiter arbiter(Settings settings) {
        Optional<Settings> arbiter = settings.optionalSection("arbiter");
        if (arbiter.isEmpty()) {
            return null;
        }
        Optional<Settings> file = arbiter.get().optionalSection("file");
        if (file.isPresent()) {
            return new FileArbiter(Path.of(file.get().string("directory")));
        }
        Settings lease = arbiter.get().section("kubernetes");
        return new LeaseArbiter(
                lease.string("lease"), lease.optionalString("namespace").orElse(null));
    }
}

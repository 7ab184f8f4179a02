package io.lightvessel.demo;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.Collector;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.NodeProfiles;
import io.lightvessel.stack.Scraping;
import io.lightvessel.stack.Signal;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.StaticJob;
import io.lightvessel.stack.UsualDestination;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** Sees to it that the demo tenant has its cluster, and that the cluster's stack points at this machine's backends. */
@Component
@ConditionalOnBooleanProperty("lightvessel.demo.enabled")
class DemoCluster implements ApplicationRunner {
    private static final String SLUG = "demo";
    private static final Logger log = LoggerFactory.getLogger(DemoCluster.class);

    private final DemoSettings demo;
    private final String tenantSlug;
    private final Tenants tenants;
    private final ClusterService clusters;
    private final StackService stacks;

    DemoCluster(
            DemoSettings demo,
            LightvesselSettings settings,
            Tenants tenants,
            ClusterService clusters,
            StackService stacks) {
        this.demo = demo;
        this.tenantSlug = settings.embedded().tenant();
        this.tenants = tenants;
        this.clusters = clusters;
        this.stacks = stacks;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Tenant tenant = tenants.ensure(tenantSlug, "Demo");
        TenantScope.run(tenant.id(), Actor.system("demo"), this::prepare);
    }

    private void prepare() {
        Cluster cluster = clusters.find(SLUG)
                .orElseGet(() ->
                        clusters.create(new NewCluster(SLUG, "Demo", "demo", Map.of("lightvessel.io/demo", "true"))));
        Optional<StackRevision> current = stacks.current(cluster.id());
        StackSpec before = current.map(StackRevision::spec).orElseGet(StackSpec::defaults);
        StackSpec wanted = before.withBackends(backends(before.backends()))
                .withGateway(fetching(before.gateway(), current.isEmpty()))
                .withCollector(current.isEmpty() ? profiling(before.collector()) : before.collector());
        if (wanted.backends().destinations().isEmpty()) {
            log.warn(
                    "demo: no backend is set (expected: lightvessel.demo.metrics-url and the like), so no stack is saved");
            return;
        }
        if (current.isEmpty() || !wanted.equals(before)) {
            String message = current.isEmpty() ? "Demo stack" : "This machine's backends moved";
            int number = current.map(StackRevision::number).orElse(0);
            stacks.save(cluster, wanted, number, message);
        }
    }

    /** What people changed in the stack stays; only addresses given at this start replace the ones before. */
    private Backends backends(Backends before) {
        Backends moved = before;
        moved = moved(moved, Signal.METRICS, demo.metricsUrl());
        moved = moved(moved, Signal.TRACES, demo.tracesEndpoint());
        moved = moved(moved, Signal.LOGS, demo.logsEndpoint());
        moved = moved(moved, Signal.PROFILES, demo.profilesUrl());
        return demo.grafanaUrl() == null
                ? moved
                : moved.withGrafana(moved.grafana().withUrl(demo.grafanaUrl()));
    }

    private static Backends moved(Backends before, Signal signal, @Nullable String endpoint) {
        return endpoint == null ? before : UsualDestination.at(before, signal, endpoint, signal == Signal.TRACES);
    }

    private Collector profiling(Collector before) {
        NodeProfiles profiles = before.profiles();
        return before.withProfiles(new NodeProfiles(
                demo.nodeProfiles(), profiles.sampleRate(), profiles.cpuBudgetPercent(), profiles.memoryBudgetMib()));
    }

    private Gateway fetching(Gateway before, boolean isNew) {
        List<StaticJob> scraped = DemoJobs.merge(before.scraping().jobs(), DemoJobs.parse(demo.scrapeJobs()), isNew);
        List<StaticJob> pulled = DemoJobs.merge(before.profiles().jobs(), DemoJobs.parse(demo.profileJobs()), isNew);
        Scraping scraping = before.scraping().withJobs(scraped);
        // A demo is looked at for minutes.
        return before.withScraping(isNew ? scraping.withInterval("15s") : scraping)
                .withProfiles(before.profiles().withJobs(pulled))
                .withClustering(
                        demo.clusterPeers().isEmpty()
                                ? before.clustering()
                                : before.clustering().withPeers(demo.clusterPeers()));
    }
}

package io.lightvessel.gateway.scrape;

import io.lightvessel.config.ComponentId;
import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A receiver that is about to go on where its predecessor is. */
final class PreparedReceiver implements Prepared<Receiver> {

    /** A job's settings and how its targets are found. */
    record Job(JobSettings settings, List<NamedDiscovery> discoveries) {
        String pool() {
            return settings.config().targets().pool();
        }
    }

    /** With whom targets are shared, and how their phases follow from them. */
    record Agreement(Optional<ComponentId> extension, Ownership ownership, long seed) {

        /** Whether jobs may keep their part in it; without an extension everybody is his own. */
        boolean goesOnFrom(@Nullable Agreement before) {
            return before != null
                    && seed == before.seed
                    && extension.equals(before.extension)
                    && (extension.isEmpty() || ownership.equals(before.ownership));
        }
    }

    private final PrometheusReceiver receiver;
    private final List<Job> jobs;
    private final ScrapeMeans means;
    private final Agreement agreement;
    private final @Nullable PrometheusReceiver previous;
    private final @Nullable Cluster cluster;

    /** Jobs to make of what is in a cluster. */
    interface Cluster {
        ClusterJobs make(PrometheusReceiver receiver, ScrapeMeans means, Agreement agreement);
    }

    PreparedReceiver(
            PrometheusReceiver receiver,
            List<Job> jobs,
            ScrapeMeans means,
            Agreement agreement,
            @Nullable PrometheusReceiver previous,
            @Nullable Cluster cluster) {
        this.receiver = receiver;
        this.jobs = jobs;
        this.means = means;
        this.agreement = agreement;
        this.previous = previous;
        this.cluster = cluster;
    }

    @Override
    public Receiver component() {
        return receiver;
    }

    @Override
    public void commit() {
        Map<String, ScrapeJob> before = new HashMap<>();
        // Before its jobs are looked at: from here on none comes or goes by itself.
        ClusterJobs formerCluster = previous == null ? null : previous.cluster();
        List<ScrapeJob> ofCluster = formerCluster == null ? List.of() : formerCluster.close();
        if (previous != null && agreement.goesOnFrom(previous.agreement())) {
            previous.jobs()
                    .forEach(job -> before.put(job.settings().config().targets().pool(), job));
            previous.jobs().clear();
        }
        List<ScrapeJob> fresh = new ArrayList<>();
        for (Job job : jobs) {
            ScrapeJob kept = before.remove(job.pool());
            if (kept != null) {
                kept.change(job.settings(), job.discoveries());
                receiver.jobs().add(kept);
            } else {
                fresh.add(new ScrapeJob(
                        job.settings(), job.discoveries(), means, agreement.ownership(), agreement.seed()));
            }
        }
        List<ScrapeJob> adopted = new ArrayList<>();
        if (cluster != null) {
            for (ScrapeJob job : ofCluster) {
                if (before.remove(job.settings().config().targets().pool(), job)) {
                    adopted.add(job);
                }
            }
        }
        before.values().forEach(ScrapeJob::end);
        receiver.jobs().addAll(fresh);
        fresh.forEach(ScrapeJob::start);
        if (cluster != null) {
            ClusterJobs made = cluster.make(receiver, means, agreement);
            receiver.cluster(made);
            made.adopt(adopted);
            made.start();
        }
        receiver.begin(agreement);
    }

    @Override
    public void abort() {
        jobs.forEach(job ->
                job.discoveries().forEach(discovery -> discovery.discovery().close()));
    }
}

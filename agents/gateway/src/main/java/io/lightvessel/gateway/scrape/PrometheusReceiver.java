package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.targets.PoolSnapshot;
import io.lightvessel.gateway.targets.Target;
import io.lightvessel.pipeline.HealthReporter;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSource;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of one prometheus receiver. A successor takes over what it goes on with; what is left is stopped. */
final class PrometheusReceiver implements Receiver, TargetSource {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusReceiver.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final String id;
    private final Timer timer;
    private final HealthReporter health;
    private final List<ScrapeJob> jobs = new CopyOnWriteArrayList<>();
    private volatile PreparedReceiver.@Nullable Agreement agreement;
    private volatile @Nullable ClusterJobs cluster;
    private volatile boolean stopped;

    PrometheusReceiver(String id, Timer timer, HealthReporter health) {
        this.id = id;
        this.timer = timer;
        this.health = health;
    }

    List<ScrapeJob> jobs() {
        return jobs;
    }

    PreparedReceiver.@Nullable Agreement agreement() {
        return agreement;
    }

    /** Jobs made of what is in a cluster; null when none are asked for. */
    @Nullable
    ClusterJobs cluster() {
        return cluster;
    }

    void cluster(ClusterJobs jobsOfCluster) {
        cluster = jobsOfCluster;
    }

    void begin(PreparedReceiver.Agreement with) {
        agreement = with;
        watch();
    }

    /** That targets are down is no ill health of the agent; that it cannot find them is. */
    private void watch() {
        if (stopped) {
            return;
        }
        List<String> problems = targetProblems();
        if (problems.isEmpty()) {
            health.ok();
        } else {
            health.recoverable(String.join("; ", problems));
        }
        timer.schedule(LOOK_EVERY, this::watch);
    }

    @Override
    public List<TargetSnapshot> targets() {
        List<TargetSnapshot> all = new ArrayList<>();
        jobs.forEach(job -> all.addAll(targets(job)));
        return all;
    }

    private static List<TargetSnapshot> targets(ScrapeJob job) {
        PoolSnapshot found = job.pool().snapshot();
        Map<TargetKey, ScrapeLoop> scraped = job.loops();
        TargetReport report = new TargetReport(job.settings().config().jobName(), job.share());
        for (PoolSnapshot.Active active : found.active()) {
            Target target = active.target();
            ScrapeLoop loop = scraped.get(target.key());
            report.target(
                    target.key(),
                    target.url(),
                    target.labels().asMap(),
                    active.discovered(),
                    loop == null ? null : loop.work());
        }
        report.dropped(found.dropped());
        return report.all();
    }

    @Override
    public List<String> targetProblems() {
        List<String> problems = new ArrayList<>();
        ClusterJobs made = cluster;
        if (made != null) {
            problems.addAll(made.problems());
        }
        jobs.forEach(job -> problems.addAll(job.pool().snapshot().problems()));
        return problems;
    }

    long loops() {
        return jobs.stream().mapToLong(job -> job.loops().size()).sum();
    }

    long cachedSeries() {
        return jobs.stream()
                .flatMap(job -> job.loops().values().stream())
                .mapToLong(loop -> loop.scraper().cached())
                .sum();
    }

    @Override
    public void stop(Duration grace) {
        stopped = true;
        ClusterJobs made = cluster;
        if (made != null) {
            made.close();
        }
        List<CompletableFuture<Void>> ends = jobs.stream().map(ScrapeJob::stop).toList();
        jobs.clear();
        await(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)), grace);
    }

    private void await(CompletableFuture<Void> ends, Duration grace) {
        try {
            ends.get(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.warn("receiver {}: not everything that was scraped could be handed on within {}", id, grace);
        } catch (ExecutionException e) {
            LOG.error("receiver {}: stopping failed", id, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

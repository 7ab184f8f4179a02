package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pulls profiles for all jobs of one config. */
final class PprofReceiver implements Receiver, TargetSource {
    private final List<RunningJob> jobs;
    private final Ownership ownership;
    private final Worker worker;
    private final JobHealth health;
    private boolean stopped;

    PprofReceiver(List<RunningJob> jobs, Ownership ownership, Worker worker, JobHealth health) {
        this.jobs = List.copyOf(jobs);
        this.ownership = ownership;
        this.worker = worker;
        this.health = health;
    }

    /** Begins, with what a receiver knew that ran before under other settings and stops with that. */
    void start(@Nullable PprofReceiver previous) {
        Map<String, Map<TargetKey, PullState>> known = previous == null ? Map.of() : previous.handOver();
        for (RunningJob job : jobs) {
            job.inherit(known.getOrDefault(job.name(), Map.of()));
            job.start(ownership);
        }
        health.start();
    }

    private synchronized Map<String, Map<TargetKey, PullState>> handOver() {
        Map<String, Map<TargetKey, PullState>> known = new HashMap<>();
        if (!stopped) {
            stopped = true;
            health.stop();
            for (RunningJob job : jobs) {
                known.put(job.name(), job.stop());
            }
        }
        return known;
    }

    @Override
    public List<TargetSnapshot> targets() {
        return jobs.stream().flatMap(job -> job.report().stream()).toList();
    }

    @Override
    public List<String> targetProblems() {
        return jobs.stream().flatMap(job -> job.problems().stream()).toList();
    }

    @Override
    public void stop(Duration grace) {
        handOver();
        worker.stop(grace);
    }

    /** Never started. */
    void abort() {
        worker.stop(Duration.ZERO);
    }
}

package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.scrape.config.JobSource;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Jobs that are made of what is in a cluster: they join the receiver's others and leave them, which go on. */
final class ClusterJobs implements JobSource.Listener {

    /** What a predecessor scraped and the source has not told of by then is gone. */
    private static final Duration LONGEST_UNTOLD = Duration.ofMinutes(2);

    private final JobSource source;
    private final Maker maker;
    private final Collection<ScrapeJob> running;
    private final Timer timer;
    private final Map<String, ScrapeJob> jobs = new HashMap<>();
    private final Map<String, ScrapeJob> untold = new HashMap<>();
    private final Map<String, String> refused = new TreeMap<>();
    private @Nullable String problem;
    private boolean closed;

    /** Makes what a job needs, and the job itself. */
    interface Maker {

        PreparedReceiver.Job prepare(ScrapeConfig config) throws ComponentFailure;

        ScrapeJob make(PreparedReceiver.Job job);
    }

    /** @param running all jobs of the receiver, where those that come are added */
    ClusterJobs(JobSource source, Maker maker, Collection<ScrapeJob> running, Timer timer) {
        this.source = source;
        this.maker = maker;
        this.running = running;
        this.timer = timer;
    }

    /** Goes on with jobs of a predecessor until the source says what has become of them. */
    synchronized void adopt(Collection<ScrapeJob> from) {
        for (ScrapeJob job : from) {
            untold.put(job.settings().config().jobName(), job);
            running.add(job);
        }
    }

    void start() {
        source.start(this);
        timer.schedule(LONGEST_UNTOLD, this::forgetUntold);
    }

    private synchronized void forgetUntold() {
        if (!closed) {
            untold.values().forEach(this::end);
            untold.clear();
        }
    }

    @Override
    public synchronized void jobs(List<ScrapeConfig> changed, Set<String> gone) {
        if (closed) {
            return;
        }
        for (String name : gone) {
            refused.remove(name);
            ScrapeJob job = jobs.remove(name);
            if (job != null) {
                end(job);
            }
        }
        for (ScrapeConfig config : changed) {
            refused.remove(config.jobName());
            try {
                put(config);
            } catch (ComponentFailure e) {
                refused.put(config.jobName(), "job " + config.jobName() + ": " + e.getMessage());
            }
        }
    }

    private void put(ScrapeConfig config) throws ComponentFailure {
        String name = config.jobName();
        boolean isOurs = jobs.containsKey(name) || untold.containsKey(name);
        if (!isOurs
                && running.stream()
                        .anyMatch(job -> job.settings().config().jobName().equals(name))) {
            throw new ComponentFailure("there is a job of that name in scrape_configs (expected: a name of its own)");
        }
        PreparedReceiver.Job made = maker.prepare(config);
        ScrapeJob known = jobs.containsKey(name) ? jobs.get(name) : untold.remove(name);
        if (known != null) {
            known.change(made.settings(), made.discoveries());
            jobs.put(name, known);
            return;
        }
        ScrapeJob fresh = maker.make(made);
        jobs.put(name, fresh);
        running.add(fresh);
        fresh.start();
    }

    private void end(ScrapeJob job) {
        running.remove(job);
        job.end();
    }

    @Override
    public synchronized void problem(@Nullable String message) {
        problem = message;
    }

    synchronized List<String> problems() {
        List<String> problems = new ArrayList<>(refused.values());
        if (problem != null) {
            problems.add(problem);
        }
        return problems;
    }

    /** Leaves its jobs to a successor, or to whoever stops all jobs of the receiver. */
    List<ScrapeJob> close() {
        List<ScrapeJob> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(jobs.values());
            left.addAll(untold.values());
        }
        source.close();
        return left;
    }
}

package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.gateway.scrape.config.JobSource;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Remembers what a job source has told. */
final class HeardJobs implements JobSource.Listener {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Map<String, ScrapeConfig> jobs = new TreeMap<>();
    private final List<String> events = new ArrayList<>();
    private String problem;

    @Override
    public synchronized void jobs(List<ScrapeConfig> changed, Set<String> gone) {
        changed.forEach(job -> {
            jobs.put(job.jobName(), job);
            events.add("+" + job.jobName());
        });
        gone.forEach(name -> {
            jobs.remove(name);
            events.add("-" + name);
        });
        notifyAll();
    }

    @Override
    public synchronized void problem(String message) {
        problem = message;
        notifyAll();
    }

    synchronized Map<String, ScrapeConfig> jobs() {
        return new TreeMap<>(jobs);
    }

    synchronized List<String> events() {
        return List.copyOf(events);
    }

    synchronized String problem() {
        return problem;
    }

    synchronized ScrapeConfig awaitJob(String name, Predicate<ScrapeConfig> condition) {
        await(heard -> heard.jobs.containsKey(name) && condition.test(heard.jobs.get(name)));
        return jobs.get(name);
    }

    void awaitJobs(String... names) {
        await(heard -> heard.jobs.keySet().equals(Set.of(names)));
    }

    synchronized void await(Predicate<HeardJobs> condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.test(this)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within " + LONGEST + ": jobs " + jobs.keySet() + ", problem " + problem);
            }
            try {
                wait(Math.min(left, 50));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}

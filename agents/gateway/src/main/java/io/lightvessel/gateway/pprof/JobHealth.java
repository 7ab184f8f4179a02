package io.lightvessel.gateway.pprof;

import io.lightvessel.pipeline.HealthReporter;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Tells the receiver's health from how discoveries and pulls go, by looking at all of them every few seconds. */
final class JobHealth {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final HealthReporter reporter;
    private final Timer timer;
    private final Executor executor;
    private final List<RunningJob> jobs;
    private Timer.@Nullable Task next;
    private boolean stopped;

    JobHealth(HealthReporter reporter, Timer timer, Executor executor, List<RunningJob> jobs) {
        this.reporter = reporter;
        this.timer = timer;
        this.executor = executor;
        this.jobs = List.copyOf(jobs);
    }

    synchronized void start() {
        if (!stopped) {
            next = timer.schedule(PAUSE, () -> executor.execute(this::look));
        }
    }

    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    private void look() {
        report();
        start();
    }

    private void report() {
        int pulled = 0;
        int failing = 0;
        String example = "";
        for (RunningJob job : jobs) {
            List<String> problems = job.problems();
            if (!problems.isEmpty()) {
                reporter.recoverable(problems.getFirst());
                return;
            }
            for (PullLoop loop : job.loops()) {
                pulled++;
                String error = loop.last().error();
                if (!error.isEmpty()) {
                    failing++;
                    example = example.isEmpty() ? loop.target().url() + ": " + error : example;
                }
            }
        }
        if (failing == 0) {
            reporter.ok();
        } else {
            reporter.recoverable(failing + " of " + pulled + " profiles cannot be pulled, such as " + example);
        }
    }
}

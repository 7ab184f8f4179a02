package io.lightvessel.gateway.pprof;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a receiver that unpacks and compares profiles, so that event loops do not and memory is bounded. */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final ProfileReader reader = new ProfileReader();
    private final ExecutorService thread;

    Worker(String receiver) {
        thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("lightvessel-" + receiver).daemon(true).factory());
    }

    /** Only for tasks that run here. */
    ProfileReader reader() {
        return reader;
    }

    /** Returns false when it takes nothing more. */
    boolean execute(Runnable task) {
        try {
            thread.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("a task came too late: {}", e.getMessage());
            return false;
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task of a pprof receiver failed", e);
        }
    }

    void stop(Duration grace) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

package io.lightvessel.gateway.scrape;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads that unpack, parse and relabel, so that a large answer holds up neither connections nor the timer. They end
 * when there is nothing to do. Each target has at most one answer waiting here.
 */
final class ScrapeWorkers {
    private static final Logger LOG = LoggerFactory.getLogger(ScrapeWorkers.class);

    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private final ThreadPoolExecutor executor;

    ScrapeWorkers(int threads) {
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("lightvessel-scrape-", 1).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    void run(Consumer<Scratch> task) {
        executor.execute(() -> {
            try {
                task.accept(scratch.get());
            } catch (RuntimeException | Error e) {
                LOG.error("a scrape's answer could not be worked off", e);
                scratch.remove();
                throw e;
            }
        });
    }

    /** For what takes long but needs no scratch. */
    Executor executor() {
        return executor;
    }
}

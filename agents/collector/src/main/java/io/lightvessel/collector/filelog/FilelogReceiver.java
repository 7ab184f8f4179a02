package io.lightvessel.collector.filelog;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows log files on a thread of its own and hands their lines on; what is refused is sent again until it is taken. */
final class FilelogReceiver implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(FilelogReceiver.class);
    private static final Duration SAVE_INTERVAL = Duration.ofMillis(100);

    private final ReceiverContext context;
    private final FilelogSettings settings;
    private final Checkpoints checkpoints;
    private final @Nullable FilelogReceiver predecessor;
    private final Outlet outlet;
    private final BlockingQueue<Segment.Outcome> outcomes = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long graceEnds;
    private volatile int openFiles;

    FilelogReceiver(
            ReceiverContext context,
            FilelogSettings settings,
            Checkpoints checkpoints,
            @Nullable FilelogReceiver predecessor) {
        this.context = context;
        this.settings = settings;
        this.checkpoints = checkpoints;
        this.predecessor = predecessor;
        this.outlet = context.outlet(Signal.LOGS, "file");
        this.thread =
                Thread.ofPlatform().name("filelog-" + context.id()).daemon().unstarted(this::run);
        context.metrics().gauge("otelcol_fileconsumer_open_files", "Number of open files", Map.of(), () -> openFiles);
    }

    void start() {
        thread.start();
    }

    @Override
    public void stop(Duration grace) {
        graceEnds = System.nanoTime() + grace.toNanos();
        stopping = true;
        try {
            if (!ended.await(grace.toMillis() + 1000, TimeUnit.MILLISECONDS)) {
                LOG.warn("{} did not end within {} s", context.id(), grace.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            if (predecessor != null) {
                // Two readers of one file would send its lines twice.
                predecessor.ended.await();
            }
            follow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("{} has stopped: its positions cannot be kept", context.id(), e);
            context.health().broken("positions cannot be kept: " + e);
        } finally {
            ended.countDown();
        }
    }

    private void follow() throws IOException, InterruptedException {
        boolean startAtEnd = !settings.startAtBeginning();
        var known = checkpoints.load();
        Tails tails = new Tails(settings, context.timer(), startAtEnd && checkpoints.isFresh());
        try {
            tails.resume(known);
            long nextScan = System.nanoTime();
            long nextSave = nextScan;
            context.health().ok();
            while (!stopping) {
                if (System.nanoTime() - nextScan >= 0) {
                    scan(tails);
                    nextScan = System.nanoTime() + settings.scanInterval().toNanos();
                }
                boolean progress = pump(tails);
                if (System.nanoTime() - nextSave >= 0) {
                    checkpoints.save(tails.checkpoints());
                    nextSave = System.nanoTime() + SAVE_INTERVAL.toNanos();
                }
                settle(tails, progress ? Duration.ZERO : settings.pollInterval());
            }
            drain(tails);
        } finally {
            checkpoints.save(tails.checkpoints());
            tails.close();
        }
    }

    private void scan(Tails tails) {
        try {
            tails.scan();
        } catch (UncheckedIOException e) {
            LOG.warn("{}", e.getMessage());
            context.health().recoverable(String.valueOf(e.getMessage()));
        }
        openFiles = tails.openFiles();
    }

    private boolean pump(Tails tails) {
        if (!outlet.isConnected()) {
            return false;
        }
        boolean progress = false;
        for (Tail tail : tails.all()) {
            try {
                progress |= tail.pump(context.budget(), outlet, outcomes, tails::finished);
            } catch (IOException e) {
                LOG.warn("{} cannot be read now", tail.path(), e);
                context.health().recoverable(tail.path() + " cannot be read: " + e);
            }
        }
        return progress;
    }

    /** Waits for outcomes and takes them in. */
    private void settle(Tails tails, Duration wait) throws InterruptedException {
        Segment.Outcome outcome = outcomes.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        while (outcome != null) {
            Refusal refusal = outcome.refusal();
            outcome.segment().settle(refusal, context.timer().nanoTime());
            report(refusal);
            outcome = outcomes.poll();
        }
        tails.all().forEach(Tail::settle);
        tails.removeEnded();
    }

    private void report(@Nullable Refusal refusal) {
        if (refusal == null) {
            context.health().ok();
        } else if (Segment.isWorthRetrying(refusal)) {
            context.health().recoverable("waiting to send lines again: " + refusal.message());
        } else {
            LOG.error("{}: lines were refused for good: {}", context.id(), refusal.message());
            context.health().recoverable("lines were refused for good: " + refusal.message());
        }
    }

    private void drain(Tails tails) throws InterruptedException {
        while (tails.all().stream().anyMatch(Tail::hasSegmentsUnderWay) && System.nanoTime() - graceEnds < 0) {
            settle(tails, Duration.ofMillis(20));
        }
    }
}

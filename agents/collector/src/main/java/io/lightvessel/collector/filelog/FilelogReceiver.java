package io.lightvessel.collector.filelog;

import io.lightvessel.collector.inotify.Inotify;
import io.lightvessel.collector.kubernetes.PodDirectory;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows log files on a thread of its own and hands their lines on; what is refused is sent again until it is taken. */
final class FilelogReceiver implements Receiver, FollowLoop.Monitor {
    private static final Logger LOG = LoggerFactory.getLogger(FilelogReceiver.class);

    private final ReceiverContext context;
    private final FilelogSettings settings;
    private final Checkpoints checkpoints;
    private final @Nullable FilelogReceiver predecessor;
    private final Outlet outlet;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long graceEnds;
    private volatile int openFiles;
    private volatile int inFlight;

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
        context.metrics()
                .gauge(
                        "otelcol_fileconsumer_in_flight_records",
                        "Records handed over whose position is not written yet: what a kill now would double at most",
                        Map.of(),
                        () -> inFlight);
    }

    void start() {
        thread.start();
    }

    @Override
    public void stop(Duration grace) {
        graceEnds = context.timer().nanoTime() + grace.toNanos();
        stopping = true;
        // Wakes the thread if it waits for something to happen.
        events.add(new ChangeWatch.Notice(-1, Inotify.Kind.CHANGED));
        try {
            if (!ended.await(grace.toMillis() + 1000, TimeUnit.MILLISECONDS)) {
                LOG.warn("{} did not end within {} s", context.id(), grace.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isConnected() {
        return outlet.isConnected();
    }

    @Override
    public void trouble(String what) {
        context.health().recoverable(what);
    }

    @Override
    public void outcome(Segment.Outcome outcome) {
        Refusal refusal = outcome.refusal();
        if (refusal == null) {
            context.health().ok();
        } else if (Segment.isWorthRetrying(refusal)) {
            context.health().recoverable("waiting to send lines again: " + refusal.message());
        } else {
            LOG.error("{}: lines were refused for good: {}", context.id(), refusal.message());
            context.health().recoverable("lines were refused for good: " + refusal.message());
        }
    }

    @Override
    public void looked(int open, int records) {
        openFiles = open;
        inFlight = records;
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
        try (PodDirectory directory = directory();
                ChangeWatch watch = ChangeWatch.start("filelog-" + context.id(), events::add)) {
            Tails tails = new Tails(
                    settings,
                    context.timer(),
                    startAtEnd && checkpoints.isFresh(),
                    new Pods(settings, directory, context.timer()),
                    new UnreadableLines(context.id(), context.metrics(), context.timer()));
            follow(tails, known, watch);
        } finally {
            checkpoints.close();
        }
    }

    private PodDirectory directory() {
        PodOptions pods = settings.pods();
        return pods == null ? PodDirectory.NONE : pods.api().open(System.getenv());
    }

    private void follow(Tails tails, List<TailCheckpoint> known, ChangeWatch watch)
            throws IOException, InterruptedException {
        try {
            tails.resume(known);
            FollowLoop loop = new FollowLoop(
                    settings,
                    context.timer(),
                    tails,
                    watch,
                    new Downstream(context.budget(), outlet, events),
                    events,
                    checkpoints,
                    this);
            loop.begin();
            context.health().ok();
            while (!stopping) {
                loop.turn();
            }
            loop.drain(graceEnds);
        } finally {
            checkpoints.save(tails.checkpoints());
            tails.close();
        }
    }
}

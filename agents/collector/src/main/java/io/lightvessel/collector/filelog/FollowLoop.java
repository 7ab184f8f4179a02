package io.lightvessel.collector.filelog;

import io.lightvessel.pipeline.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when which log is looked at: those that are written to at every poll, idle ones when the kernel tells, and
 * everything now and then in case something was not told. Runs on one thread.
 */
final class FollowLoop {
    private static final Logger LOG = LoggerFactory.getLogger(FollowLoop.class);
    private static final Duration RECONCILE = Duration.ofSeconds(30);
    private static final Duration DECIDE = Duration.ofMillis(250);

    private final FilelogSettings settings;
    private final Timer timer;
    private final Tails tails;
    private final ChangeWatch watch;
    private final Downstream downstream;
    private final BlockingQueue<Event> events;
    private final Checkpoints checkpoints;
    private final Monitor monitor;
    private final Set<Tail> active = new LinkedHashSet<>();
    private final Set<Path> dirty = new HashSet<>();
    private final List<TailCheckpoint> moved = new ArrayList<>();
    private long nextScan;
    private long nextLook;
    private long nextDecision;

    /** Is told how it goes. */
    interface Monitor {
        boolean isConnected();

        void trouble(String what);

        void outcome(Segment.Outcome outcome);

        void looked(int openFiles, int recordsInFlight);
    }

    FollowLoop(
            FilelogSettings settings,
            Timer timer,
            Tails tails,
            ChangeWatch watch,
            Downstream downstream,
            BlockingQueue<Event> events,
            Checkpoints checkpoints,
            Monitor monitor) {
        this.settings = settings;
        this.timer = timer;
        this.tails = tails;
        this.watch = watch;
        this.downstream = downstream;
        this.events = events;
        this.checkpoints = checkpoints;
        this.monitor = monitor;
    }

    /** Finds what there is, so that from here on only what changes matters. */
    void begin() throws IOException {
        scanAll();
        checkpoints.save(tails.checkpoints());
        active.addAll(tails.all());
        nextScan = timer.nanoTime() + scanInterval().toNanos();
        nextLook = timer.nanoTime();
        nextDecision = nextLook;
    }

    /** Once round: looks, reads, waits for what happens, and notes what was reached. */
    void turn() throws IOException, InterruptedException {
        long now = timer.nanoTime();
        if (now - nextScan >= 0) {
            scanAll();
            tails.all().forEach(this::reconcile);
            checkpoints.save(tails.checkpoints());
            nextScan = timer.nanoTime() + scanInterval().toNanos();
        } else if (!dirty.isEmpty()) {
            scanDirty();
        } else if (now - nextLook >= 0) {
            for (Tail tail : active) {
                // Where a link leads, directories that are not watched change.
                tails.look(tail.path());
                tail.suspect();
            }
            nextLook = timer.nanoTime() + settings.scanInterval().toNanos();
        }
        if (tails.hasUndecided() && now - nextDecision >= 0) {
            active.addAll(tails.decide());
            nextDecision = timer.nanoTime() + DECIDE.toNanos();
        }
        active.addAll(tails.admit());
        boolean progress = monitor.isConnected() && pump();
        settle(progress ? Duration.ZERO : pause());
        monitor.looked(tails.openFiles(), recordsInFlight());
    }

    /** Waits for the fate of what is under way. */
    void drain(long deadline) throws IOException, InterruptedException {
        while (tails.all().stream().anyMatch(Tail::isUnderWay) && timer.nanoTime() - deadline < 0) {
            settle(Duration.ofMillis(20));
        }
    }

    private Duration scanInterval() {
        return watch.isAvailable() ? RECONCILE : settings.scanInterval();
    }

    private void scanAll() {
        try {
            Set<Path> looked = new HashSet<>();
            tails.scan(looked);
            dirty.addAll(watch.directories(looked));
        } catch (UncheckedIOException e) {
            LOG.warn("{}", e.getMessage());
            monitor.trouble(String.valueOf(e.getMessage()));
        }
    }

    private void scanDirty() {
        Set<Path> directories = Set.copyOf(dirty);
        dirty.clear();
        for (Path directory : directories) {
            try {
                Set<Path> looked = new HashSet<>();
                tails.scan(directory, looked);
                dirty.addAll(watch.directories(looked));
            } catch (UncheckedIOException e) {
                LOG.warn("{}", e.getMessage());
                monitor.trouble(String.valueOf(e.getMessage()));
            }
            for (Tail tail : tails.all()) {
                if (tail.path().startsWith(directory)) {
                    active.add(tail);
                }
            }
        }
    }

    private boolean pump() {
        boolean progress = false;
        for (Iterator<Tail> all = active.iterator(); all.hasNext(); ) {
            Tail tail = all.next();
            try {
                if (!tails.isNext(tail)) {
                    continue;
                }
                progress |= tail.pump(downstream, tails);
                tails.readable(tail, true);
                if (tail.isQuiet() && watch.idle(tail.path())) {
                    if (tail.isStillQuiet()) {
                        all.remove();
                        if (tails.openFiles() > settings.mostFiles() / 2) {
                            tail.park();
                        }
                    } else {
                        tails.look(tail.path());
                    }
                }
            } catch (NoSuchFileException e) {
                tails.readable(tail, false);
                dirty.add(parent(tail.path()));
            } catch (IOException e) {
                tails.readable(tail, false);
                LOG.warn("{} cannot be read now", tail.path(), e);
                monitor.trouble(tail.path() + " cannot be read: " + e);
            }
        }
        return progress;
    }

    private void reconcile(Tail tail) {
        try {
            if (tail.isParked() && !tail.hasChanged()) {
                return;
            }
        } catch (IOException e) {
            LOG.debug("{} is gone", tail.path(), e);
        }
        tail.wake();
        active.add(tail);
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private Duration pause() {
        if (!dirty.isEmpty() || tails.mayAdmit()) {
            return Duration.ZERO;
        }
        if (!active.isEmpty() || tails.hasUndecided()) {
            return settings.pollInterval();
        }
        Duration rest = Duration.ofNanos(nextScan - timer.nanoTime());
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private void settle(Duration wait) throws IOException, InterruptedException {
        Event event = events.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        while (event != null) {
            switch (event) {
                case Segment.Outcome outcome -> {
                    outcome.segment().settle(outcome.refusal(), timer.nanoTime());
                    monitor.outcome(outcome);
                }
                case ChangeWatch.Notice notice -> changed(watch.resolve(notice));
            }
            event = events.poll();
        }
        for (Tail tail : active) {
            TailCheckpoint reached = tail.settle();
            if (reached != null) {
                moved.add(reached);
            }
        }
        if (!moved.isEmpty()) {
            checkpoints.reached(moved);
            moved.clear();
        }
        if (active.removeIf(Tail::isOver)) {
            tails.removeEnded();
        }
    }

    private void changed(ChangeWatch.@Nullable Change change) {
        switch (change) {
            case null -> {}
            case ChangeWatch.Change.Anything() -> nextScan = timer.nanoTime();
            case ChangeWatch.Change.Directory(Path directory) -> dirty.add(directory);
            case ChangeWatch.Change.File(Path file) -> {
                Tail tail = tails.at(file);
                if (tail != null) {
                    tail.wake();
                    active.add(tail);
                }
            }
        }
    }

    private int recordsInFlight() {
        int records = 0;
        for (Tail tail : active) {
            records += tail.recordsInFlight();
        }
        return records;
    }
}

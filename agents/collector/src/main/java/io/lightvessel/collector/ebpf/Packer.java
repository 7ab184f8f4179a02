package io.lightvessel.collector.ebpf;

import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that finds names and packs, so that the one that empties the kernel's rings is never late. */
final class Packer {
    private static final Logger LOG = LoggerFactory.getLogger(Packer.class);

    private record Work(Interval interval, Duration duration) {}

    private final Packing packing;
    private final Outlet outlet;
    private final EbpfMetrics metrics;
    private final SynchronousQueue<Work> queue = new SynchronousQueue<>();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long cpuNanos;

    Packer(String name, Packing packing, Outlet outlet, EbpfMetrics metrics) {
        this.packing = packing;
        this.outlet = outlet;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Hands over an interval; returns false while the one before is not done, within the time given. */
    boolean offer(Interval interval, Duration duration, Duration patience) throws InterruptedException {
        return queue.offer(new Work(interval, duration), patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Processor time of this thread up to the last interval it has done. */
    long cpuNanos() {
        return cpuNanos;
    }

    /** Ends after what is under way. */
    void stop(Duration grace) throws InterruptedException {
        stopping = true;
        if (!thread.join(grace)) {
            LOG.warn("{} did not end within {} ms", thread.getName(), grace.toMillis());
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                Work work = queue.poll(100, TimeUnit.MILLISECONDS);
                if (work != null) {
                    pack(work);
                    cpuNanos = ThreadCpu.current();
                } else if (stopping) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pack(Work work) {
        try {
            Interval interval = work.interval();
            int dropped = packing.pack(interval, work.duration(), this::send);
            if (dropped > 0) {
                metrics.profilesDropped(dropped);
            }
            if (dropped > 0 || interval.beyondStacks() + interval.beyondProcesses() > 0) {
                outlet.turnedAway(DropReason.MEMORY_LIMIT);
            }
        } catch (RuntimeException e) {
            // The next interval may be better.
            LOG.error("an interval could not be made profiles", e);
        }
    }

    private void send(Payload payload) {
        outlet.accept(payload, new Result() {
            @Override
            public void accepted() {
                // Counted by the outlet.
            }

            @Override
            public void refused(Refusal refusal) {
                // Counted by the outlet too; the next interval says what this one would have.
                LOG.debug("profiles were refused: {}", refusal.message());
            }
        });
    }
}

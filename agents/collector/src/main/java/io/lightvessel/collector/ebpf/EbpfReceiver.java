package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.kernel.SampleSources;
import io.lightvessel.collector.ebpf.kernel.SampleSources.Opened;
import io.lightvessel.collector.ebpf.kernel.SourceFailure;
import io.lightvessel.collector.ebpf.recent.RecentProfiles;
import io.lightvessel.collector.ebpf.symbols.StackNames;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.ProfileQuery;
import io.lightvessel.pipeline.ProfileSnapshot;
import io.lightvessel.pipeline.ProfileSource;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Profiles the node on a thread of its own. That is a platform thread, since the system calls it makes would hold up
 * virtual ones, and it waits by sleeping: the kernel has nothing to wake it up for.
 */
final class EbpfReceiver implements Receiver, ProfileSource {
    private static final Logger LOG = LoggerFactory.getLogger(EbpfReceiver.class);

    private static final Duration SHOWN = Duration.ofMinutes(10);
    private static final long SHOWN_BYTES = 16 << 20;

    private final ReceiverContext context;
    private final EbpfSettings settings;
    private final Supplier<StackNames> namesOfNode;
    private final @Nullable EbpfReceiver predecessor;
    private final Outlet outlet;
    private final RateBudget budget;
    private final EbpfMetrics metrics;
    private final RecentProfiles recent = new RecentProfiles(SHOWN, SHOWN_BYTES, Clock.systemUTC());
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile Duration grace = Duration.ZERO;
    private volatile List<String> problems = List.of();

    /** @param namesOfNode opens what the names of frames are found with */
    EbpfReceiver(
            ReceiverContext context,
            EbpfSettings settings,
            Supplier<StackNames> namesOfNode,
            @Nullable EbpfReceiver predecessor) {
        this.context = context;
        this.settings = settings;
        this.namesOfNode = namesOfNode;
        this.predecessor = predecessor;
        this.outlet = context.outlet(Signal.PROFILES, "kernel");
        this.budget = new RateBudget(settings.sampleRate(), settings.budget());
        this.metrics = new EbpfMetrics(context.metrics(), budget);
        this.thread = Thread.ofPlatform().name("ebpf-" + context.id()).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void stop(Duration longest) {
        grace = longest;
        stopping.countDown();
        try {
            if (!ended.await(longest.toMillis() + 1000, TimeUnit.MILLISECONDS)) {
                LOG.warn("{} did not end within {} s", context.id(), longest.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ProfileSnapshot profiles(ProfileQuery query) {
        return recent.find(query, problems);
    }

    private void run() {
        try {
            if (predecessor != null) {
                // Two would take twice the budget.
                predecessor.ended.await();
            }
            switch (SampleSources.open(settings.sampleRate())) {
                case Opened.Off off -> {
                    problems = List.of(off.message());
                    context.health().broken(off.message());
                }
                case Opened.Running running -> profile(running);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SourceFailure e) {
            LOG.error("{} has stopped", context.id(), e);
            broken(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} has stopped", context.id(), e);
            broken(e.toString());
        } finally {
            ended.countDown();
        }
    }

    private void broken(String why) {
        String message = "ebpf profiler stopped: " + why;
        problems = List.of(message);
        context.health().broken(message);
    }

    private void remark(List<String> remarks) {
        problems = List.copyOf(remarks);
        if (remarks.isEmpty()) {
            context.health().ok();
        } else {
            context.health().ok(String.join("; ", remarks));
        }
    }

    private void profile(Opened.Running running) throws InterruptedException, SourceFailure {
        try (var source = running.source();
                StackNames names = namesOfNode.get()) {
            metrics.watch(context.metrics(), source, names);
            Packer packer = new Packer(
                    "ebpf-packer-" + context.id(),
                    new Packing(context.budget(), names.kernel(), recent),
                    outlet,
                    metrics);
            packer.start();
            try {
                new Rounds(context.timer(), settings, running, names, packer, budget, metrics, this::remark)
                        .until(stopping);
            } finally {
                packer.stop(grace);
            }
        }
    }
}

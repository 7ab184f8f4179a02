package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.kernel.SampleSource;
import io.lightvessel.collector.ebpf.kernel.SampleSources.Opened;
import io.lightvessel.collector.ebpf.kernel.SourceFailure;
import io.lightvessel.collector.ebpf.symbols.StackNames;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Empties a source again and again, and hands over what came at the end of each interval. */
final class Rounds {
    private static final Duration DRAIN = Duration.ofMillis(200);
    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final Duration LAST_PATIENCE = Duration.ofMillis(500);

    private final Timer timer;
    private final EbpfSettings settings;
    private final SampleSource source;
    private final List<String> remarks;
    private final StackNames names;
    private final Packer packer;
    private final RateBudget budget;
    private final EbpfMetrics metrics;
    private final Consumer<List<String>> reports;
    private Interval filling;
    private Interval spare;
    private long intervalBegan;
    private long agentNanosBefore;

    /** @param reports is told after each interval why samples are not the best there could be */
    Rounds(
            Timer timer,
            EbpfSettings settings,
            Opened.Running running,
            StackNames names,
            Packer packer,
            RateBudget budget,
            EbpfMetrics metrics,
            Consumer<List<String>> reports) {
        this.timer = timer;
        this.reports = reports;
        this.settings = settings;
        this.source = running.source();
        this.remarks = running.remarks();
        this.names = names;
        this.packer = packer;
        this.budget = budget;
        this.metrics = metrics;
        this.filling = new Interval(names, settings.mostStacks(), settings.mostProcesses());
        this.spare = new Interval(names, settings.mostStacks(), settings.mostProcesses());
    }

    void until(CountDownLatch stopping) throws InterruptedException, SourceFailure {
        begin();
        report();
        long refreshed = System.nanoTime();
        while (!stopping.await(DRAIN.toNanos(), TimeUnit.NANOSECONDS)) {
            source.drain(filling);
            if (System.nanoTime() - refreshed >= REFRESH.toNanos()) {
                source.refresh();
                refreshed = System.nanoTime();
            }
            if (System.nanoTime() - intervalBegan >= settings.collectInterval().toNanos() && handOver(Duration.ZERO)) {
                adapt();
            }
        }
        source.drain(filling);
        handOver(LAST_PATIENCE);
    }

    private void begin() {
        Instant now = timer.now();
        intervalBegan = System.nanoTime();
        filling.begin(now, budget.rate());
    }

    /** Returns false, and goes on with the same interval, while the one before is not packed yet. */
    private boolean handOver(Duration patience) throws InterruptedException {
        Interval full = filling;
        Duration duration = Duration.ofNanos(System.nanoTime() - intervalBegan);
        if (!packer.offer(full, duration, patience)) {
            return false;
        }
        metrics.took(full, source.lost());
        long agentNanos = ThreadCpu.current() + packer.cpuNanos();
        Cost cost = Cost.of(agentNanos - agentNanosBefore, full.samples(), source);
        agentNanosBefore = agentNanos;
        metrics.cost(cost);
        budget.after(cost.share(duration, Runtime.getRuntime().availableProcessors()));
        filling = spare;
        spare = full;
        return true;
    }

    private void adapt() throws SourceFailure {
        int rate = budget.rate();
        if (rate != spare.hertz()) {
            source.rate(rate);
        }
        begin();
        report();
    }

    private void report() {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(names.problems());
        if (!budget.message().isEmpty()) {
            all.add(budget.message());
        }
        reports.accept(all);
    }
}

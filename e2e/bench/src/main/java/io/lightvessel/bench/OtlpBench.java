package io.lightvessel.bench;

import io.lightvessel.bench.load.Balance;
import io.lightvessel.bench.load.Load;
import io.lightvessel.bench.load.LoadBroken;
import io.lightvessel.bench.load.LoadPlan;
import io.lightvessel.bench.load.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one measurement: starts the agent, warms it up, measures, looks whether anything was lost, ends it. */
final class OtlpBench {

    private static final Duration SLICE = Duration.ofSeconds(2);
    private static final int LONGEST_WARM_UP = 40;
    private static final double STABLE = 0.05;
    private static final Duration FIRST_AT_MOST = Duration.ofSeconds(20);
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final AgentProgram program;
    private final Pinning pinning;

    OtlpBench(AgentProgram program, Pinning pinning) {
        this.program = program;
        this.pinning = pinning;
    }

    /** Never throws for what the agent does: a table has a row for it. */
    Figures run(OtlpOptions options) throws InterruptedException {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("lightvessel-bench");
            return measure(options, directory);
        } catch (Failure | LoadBroken | IOException e) {
            return Figures.failed(options.name(), pinning.isPossible(), String.valueOf(e.getMessage()));
        } finally {
            delete(directory);
        }
    }

    private Figures measure(OtlpOptions options, Path directory) throws IOException, InterruptedException {
        double copy = MemoryCopy.gigabytesPerSecond();
        LoadPlan plan = options.plan();
        Ports ports = Ports.free();
        try (Load load = Load.open(plan)) {
            Path config = Files.writeString(
                    directory.resolve("config.yaml"), AgentConfig.yaml(options, ports, load.sinkPort()));
            try (Subject subject = program.start(options, config, ports, pinning, directory.resolve("log"))) {
                double start = options.peer() == null
                        ? subject.awaitHealth(ports.health())
                        : subject.awaitPort(options.grpc() ? ports.grpc() : ports.http());
                Thread.sleep(1000);
                double idle = subject.residentMebibytes();
                load.connect(options.grpc() ? ports.grpc() : ports.http(), plan.connections(), plan.streams());
                return measure(options, plan, ports, load, subject, new Before(start, idle, copy));
            }
        }
    }

    private record Before(double startMillis, double idleMebibytes, double copy) {}

    private Figures measure(OtlpOptions options, LoadPlan plan, Ports ports, Load load, Subject subject, Before before)
            throws InterruptedException {
        if (options.rate() > 0) {
            load.offer((double) options.rate() / plan.batch(), true);
        } else {
            load.saturate(plan.connections());
        }
        warmUp(load, options.warmUp());
        Meter meter = new Meter(load, subject);
        Stretch saturated = null;
        Stretch measured;
        if (options.overload() > 0) {
            Overload overload = new Overload(options, plan, load, meter);
            load.connect(options.grpc() ? ports.grpc() : ports.http(), overload.moreConnections(), Overload.STREAMS);
            overload.run();
            saturated = overload.saturated();
            measured = overload.overloaded();
        } else {
            load.clearLatency();
            measured = meter.watch(Duration.ofSeconds(options.seconds()));
        }
        double p50 = load.latency(0.5);
        double p99 = load.latency(0.99);
        load.drain(options.processing().keepsAll() ? DRAIN : Duration.ofSeconds(2));
        Balance balance = load.balance();
        if (balance.failed() > 0) {
            throw new Failure(balance.failed() + " requests failed, the last one with: " + balance.lastFailure() + "\n"
                    + subject.lastWords());
        }
        double seconds = measured.seconds();
        // A sampler's work is what it was given.
        long worked = options.processing().keepsAll() ? measured.records() : measured.acknowledged() * plan.batch();
        double megabytes = worked * load.bytesPerRecord() / 1e6 / seconds;
        boolean clocked = options.rate() > 0 || options.overload() > 0;
        return new Figures(
                options.name(),
                pinning.isPossible(),
                seconds,
                worked / seconds,
                megabytes,
                measured.bytes() / 1e6 / seconds,
                worked == 0 ? 0 : measured.cpuSeconds() / worked * 1e6,
                measured.cpuSeconds() / seconds * 100,
                measured.loadCpuSeconds() / seconds * 100,
                p50,
                p99,
                meter.memoryAverage(),
                meter.memoryHighest(),
                before.idleMebibytes(),
                before.startMillis(),
                (clocked ? measured.offered() : measured.acknowledged()) * plan.batch() / seconds,
                measured.acknowledged(),
                measured.refused(),
                0,
                options.processing().keepsAll() ? balance.lost() * plan.batch() : null,
                options.processing().isOneToOne() ? balance.duplicates() : null,
                before.copy(),
                megabytes / 1000 / before.copy(),
                saturated == null ? null : saturated.recordsPerSecond(),
                saturated == null ? null : saturated.cpuSecondsPerMillionRecords(),
                saturated == null ? null : measured.recordsPerSecond() / saturated.recordsPerSecond(),
                null);
    }

    /** Until three slices in a row differ by little: the JIT compiler is done then. */
    private static void warmUp(Load load, int seconds) throws InterruptedException {
        // The first request may take a second on a busy machine, and a short measurement would see nothing.
        long patience = System.nanoTime() + FIRST_AT_MOST.toNanos();
        while (load.read().deliveredRecords() == 0 && System.nanoTime() < patience) {
            Thread.sleep(20);
        }
        if (seconds == 0) {
            return;
        }
        double older = 0;
        double old = 0;
        for (long slice = 1; slice * SLICE.toSeconds() <= LONGEST_WARM_UP; slice++) {
            double now = delivered(load, SLICE);
            boolean enough = slice * SLICE.toSeconds() >= seconds;
            if (enough && isNear(older, now) && isNear(old, now)) {
                return;
            }
            older = old;
            old = now;
        }
    }

    private static boolean isNear(double before, double now) {
        return Math.abs(before - now) <= STABLE * Math.max(before, now);
    }

    private static double delivered(Load load, Duration during) throws InterruptedException {
        Reading before = load.read();
        Thread.sleep(during);
        Reading after = load.read();
        return (after.deliveredRecords() - before.deliveredRecords()) / ((after.nanos() - before.nanos()) / 1e9);
    }

    private static void delete(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("cannot remove " + directory + ": " + e.getMessage());
        }
    }
}

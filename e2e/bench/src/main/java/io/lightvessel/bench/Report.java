package io.lightvessel.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints figures for people. */
final class Report {

    private static final String LINE = "%-34s %11s %8s %10s %5s %5s %8s %8s %5s %5s %5s %6s %7s %s%n";

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void head(Machine machine) {
        out.printf(
                Locale.ROOT,
                "%d cores, %d MiB, JDK %s, commit %s, %s%n",
                machine.cores(),
                machine.memoryMebibytes(),
                machine.java(),
                machine.commit(),
                machine.date());
        out.printf(
                LINE,
                "",
                "records/s",
                "MB/s",
                "cpu s/1M",
                "core",
                "load",
                "p50 ms",
                "p99 ms",
                "RSS",
                "max",
                "idle",
                "start",
                "of copy",
                "lost");
    }

    void line(Figures figures) {
        String error = figures.error();
        if (error != null) {
            out.println(figures.name() + ": " + error);
            return;
        }
        out.printf(
                LINE,
                figures.name(),
                whole(figures.recordsPerSecond()),
                whole(figures.megabytesPerSecond()),
                String.format(Locale.ROOT, "%.3f", figures.cpuSecondsPerMillionRecords()),
                whole(figures.corePercent()) + "%",
                whole(figures.loadPercent()) + "%",
                String.format(Locale.ROOT, "%.1f", figures.p50Millis()),
                String.format(Locale.ROOT, "%.1f", figures.p99Millis()),
                whole(figures.rssAverageMebibytes()),
                whole(figures.rssHighestMebibytes()),
                whole(figures.rssIdleMebibytes()),
                whole(figures.startMillis()),
                String.format(Locale.ROOT, "%.3f", figures.copyRatio()),
                figures.lostRecords() == null ? "-" : figures.lostRecords());
        Double share = figures.overloadShare();
        Double saturation = figures.saturation();
        Double cpu = figures.saturationCpuSeconds();
        if (share != null && saturation != null && cpu != null) {
            out.printf(
                    Locale.ROOT,
                    "  offered %,.0f/s of %,.0f/s saturation (at %.3f cpu s/1M); %.1f %% of it kept; %,d requests refused%n",
                    figures.offeredRecordsPerSecond(),
                    saturation,
                    cpu,
                    share * 100,
                    figures.refusedRequests());
        }
    }

    void foot(List<Figures> all) {
        all.stream()
                .filter(figures -> !figures.hasFailed())
                .mapToDouble(Figures::memoryCopyGigabytesPerSecond)
                .max()
                .ifPresent(copy -> out.printf(Locale.ROOT, "memory copy: %.1f GB/s by one thread%n", copy));
        if (all.stream().anyMatch(figures -> !figures.pinned())) {
            out.println("Not pinned: taskset or a second core is missing, so the agent and the load share cores.");
        }
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}

package io.lightvessel.bench;

import io.lightvessel.bench.scrape.ScrapeFigures;
import io.lightvessel.bench.scrape.ScrapeOptions;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** What {@code bench scrape} was asked to do, and its answer in words. */
record ScrapeCommandLine(ScrapeOptions options, boolean json) {

    static ScrapeCommandLine parse(List<String> arguments) {
        ScrapeOptions all = ScrapeOptions.DEFAULTS;
        int series = all.series();
        int targets = all.targets();
        int interval = all.intervalSeconds();
        int churn = all.churnPercent();
        int rounds = all.rounds();
        boolean gzip = all.gzip();
        int heap = all.heapMebibytes();
        String peer = null;
        boolean json = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String flag = rest.next();
            switch (flag) {
                case "--series" -> series = CommandLine.number(flag, rest, 1, 20_000_000);
                case "--targets" -> targets = CommandLine.number(flag, rest, 1, 60_000);
                case "--interval" -> interval = CommandLine.number(flag, rest, 1, 3600);
                case "--churn" -> churn = CommandLine.number(flag, rest, 0, 10_000);
                case "--rounds" -> rounds = CommandLine.number(flag, rest, 1, 1000);
                case "--heap" -> heap = CommandLine.number(flag, rest, 64, 65_536);
                case "--plain" -> gzip = false;
                case "--peer" -> peer = CommandLine.value(flag, rest);
                case "--json" -> json = true;
                default -> throw new UsageError("unknown option: " + flag);
            }
        }
        if (series < targets) {
            throw new UsageError(
                    "--series: " + series + " (expected: at least one for each of the " + targets + " targets)");
        }
        return new ScrapeCommandLine(
                new ScrapeOptions(series, targets, interval, churn, rounds, gzip, heap, peer), json);
    }

    static String words(ScrapeFigures figures) {
        return String.format(
                Locale.ROOT,
                """
                %s
                %s%s, measured for %.0f s
                  samples        %,.0f/s delivered, %.1f %% of what targets served
                  processor      %.1f %% of a core; %.1f MB/s of text, %.3f of memory copy (%.1f GB/s)
                  memory         %.0f MiB on average, %.0f MiB at most
                  remote write   %,d requests, %.1f bytes a sample                """,
                figures.name(),
                figures.subject(),
                figures.pinned() ? " on one core" : "",
                figures.seconds(),
                figures.samplesPerSecond(),
                100 * figures.deliveredShare(),
                figures.corePercent(),
                figures.pageMegabytesPerSecond(),
                figures.copyRatio(),
                figures.memoryCopyGigabytesPerSecond(),
                figures.rssAverageMebibytes(),
                figures.rssHighestMebibytes(),
                figures.requests(),
                figures.bytesPerSample());
    }
}

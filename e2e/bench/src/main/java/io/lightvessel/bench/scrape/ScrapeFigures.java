package io.lightvessel.bench.scrape;

/**
 * What a run of {@code bench scrape} came to.
 *
 * @param subject the agent, or the other program's command
 * @param seconds measured
 * @param samplesPerSecond delivered to the backend, those of the scrapes themselves among them
 * @param deliveredShare of the samples that targets served while measured, delivered: near 1.0, apart from what is under way
 * @param corePercent of one core, everything in the process counted
 * @param pageMegabytesPerSecond text of the targets, unpacked
 * @param copyRatio of one core's memory copy, what the subject did per second of its processor time
 * @param bytesPerSample on the way to the backend, packed
 */
public record ScrapeFigures(
        String name,
        String subject,
        boolean pinned,
        double seconds,
        double samplesPerSecond,
        double deliveredShare,
        double corePercent,
        double rssAverageMebibytes,
        double rssHighestMebibytes,
        double pageMegabytesPerSecond,
        double memoryCopyGigabytesPerSecond,
        double copyRatio,
        double bytesPerSample,
        long requests) {}

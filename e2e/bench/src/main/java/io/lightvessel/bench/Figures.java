package io.lightvessel.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one measurement came to.
 *
 * @param recordsPerSecond delivered to the sink
 * @param megabytesPerSecond of these, unpacked
 * @param wireMegabytesPerSecond as they left the agent
 * @param corePercent of one core, everything in the process counted
 * @param loadPercent of its own core, spent by load and sink: near 100 they are what limits
 * @param startMillis from the process's start until it took telemetry
 * @param lostRecords acknowledged and not delivered; null where the pipeline leaves out records on purpose
 * @param memoryCopyGigabytesPerSecond what one thread of this machine copies, measured just before
 * @param copyRatio bytes through the agent, as a share of that
 * @param saturation records per second without the overload, measured in turn with it; null without one
 * @param saturationCpuSeconds processor seconds for a million of these; null without an overload
 * @param overloadShare of the saturated throughput that is left in the overload; null without one
 * @param error why there are no figures; null when there are
 */
record Figures(
        String name,
        boolean pinned,
        double seconds,
        double recordsPerSecond,
        double megabytesPerSecond,
        double wireMegabytesPerSecond,
        double cpuSecondsPerMillionRecords,
        double corePercent,
        double loadPercent,
        double p50Millis,
        double p99Millis,
        double rssAverageMebibytes,
        double rssHighestMebibytes,
        double rssIdleMebibytes,
        double startMillis,
        double offeredRecordsPerSecond,
        long acknowledgedRequests,
        long refusedRequests,
        long failedRequests,
        @Nullable Long lostRecords,
        @Nullable Long duplicateRequests,
        double memoryCopyGigabytesPerSecond,
        double copyRatio,
        @Nullable Double saturation,
        @Nullable Double saturationCpuSeconds,
        @Nullable Double overloadShare,
        @Nullable String error) {

    static Figures failed(String name, boolean pinned, String error) {
        return new Figures(
                name, pinned, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, 0, 0, null, null, null,
                error);
    }

    boolean hasFailed() {
        return error != null;
    }
}

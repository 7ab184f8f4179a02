package io.lightvessel.gateway.scrape.series;

/**
 * What a job says about its samples; a limit of 0 is none.
 *
 * @param honorTimestamps whether times that a target gives are taken
 * @param trackTimestampsStaleness whether series with such times get staleness markers too
 * @param sampleLimit samples after relabelling
 * @param bucketLimit buckets of a native histogram
 * @param maxSchema the finest resolution of a native histogram; finer ones are made coarser
 * @param extraMetrics whether limits and sizes are reported as series
 */
public record SeriesOptions(
        boolean honorTimestamps,
        boolean trackTimestampsStaleness,
        long sampleLimit,
        int bucketLimit,
        int maxSchema,
        boolean extraMetrics) {

    /** The finest resolution there is. */
    public static final int FINEST = 8;

    public static final SeriesOptions DEFAULT = new SeriesOptions(true, false, 0, 0, FINEST, false);

    /** The finest resolution whose buckets grow by at least a factor. */
    public static int schemaOf(double minBucketFactor) {
        if (minBucketFactor <= 1) {
            return FINEST;
        }
        double log = Math.log(Math.log(minBucketFactor) / Math.log(2)) / Math.log(2);
        return (int) Math.clamp(Math.floor(-log), -4, FINEST);
    }
}

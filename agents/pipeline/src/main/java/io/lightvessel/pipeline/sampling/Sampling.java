package io.lightvessel.pipeline.sampling;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import java.util.Locale;

/**
 * How to sample.
 *
 * @param percentage up to 100; 0 samples only what its own priority demands
 * @param byTraceId for log records, whether their trace's id decides where they have one
 * @param fromAttribute for log records, the attribute that decides otherwise; empty for none
 * @param priority for log records, the attribute that holds a percentage of their own; empty for none
 */
record Sampling(
        Mode mode,
        float percentage,
        int hashSeed,
        boolean failClosed,
        int precision,
        boolean byTraceId,
        String fromAttribute,
        String priority) {

    private static final int BUCKETS = 1 << 14;

    enum Mode {
        HASH_SEED,
        EQUALIZING,
        PROPORTIONAL,
        /** Nothing is sampled, whatever the randomness. */
        NEVER
    }

    static Sampling of(Settings settings, Signal signal) {
        float percentage = (float) Math.min(100, settings.decimal("sampling_percentage"));
        Mode mode = Mode.valueOf(settings.string("mode").toUpperCase(Locale.ROOT));
        boolean tooSmall = mode == Mode.HASH_SEED && buckets(percentage) == 0;
        return new Sampling(
                percentage == 0 || tooSmall ? Mode.NEVER : mode,
                percentage,
                (int) settings.integer("hash_seed"),
                settings.flag("fail_closed"),
                (int) settings.integer("sampling_precision"),
                settings.string("attribute_source").equals("traceID"),
                signal == Signal.LOGS
                        ? settings.optionalString("from_attribute").orElse("")
                        : "",
                signal == Signal.LOGS
                        ? settings.optionalString("sampling_priority").orElse("")
                        : "");
    }

    /** Of 16384 hashes, so many are sampled; computed in 32 bits like the Collector's, since tiers have to agree. */
    private static int buckets(float percentage) {
        return (int) (percentage * 163.84f);
    }

    /** The threshold in all modes but {@link Mode#PROPORTIONAL}, where it depends on the item. */
    long threshold() {
        return switch (mode) {
            case HASH_SEED -> (long) (BUCKETS - buckets(percentage)) << 42;
            case EQUALIZING -> Threshold.of((double) percentage / 100, precision);
            case NEVER, PROPORTIONAL -> Threshold.NEVER;
        };
    }
}

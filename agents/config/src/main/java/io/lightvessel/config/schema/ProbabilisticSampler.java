package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;
import java.util.List;

/** The keys of the probabilistic sampler. */
final class ProbabilisticSampler {

    /** One in 2^56, below which OpenTelemetry has no threshold. */
    private static final double SMALLEST = 100.0 / (1L << 56);

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "probabilistic_sampler",
            Stability.STABLE,
            EnumSet.of(Signal.TRACES, Signal.LOGS),
            "Passes on a share of spans or log records, the same traces on every agent with equal settings.",
            keys(
                    required(
                            decimal(
                                    "sampling_percentage",
                                    0,
                                    Double.MAX_VALUE,
                                    "0",
                                    "Percentage to pass on; 100 and more passes everything, 0 only what its priority demands.")),
                    choice(
                            "mode",
                            List.of("hash_seed", "equalizing", "proportional"),
                            "hash_seed",
                            "hash_seed decides by a hash; proportional passes on this share of what comes, by the trace's "
                                    + "own randomness; equalizing brings all to this share, whatever was sampled before."),
                    whole(
                            "hash_seed",
                            0,
                            0xFFFF_FFFFL,
                            0,
                            "Seed of the hash; agents of a tier need the same, tiers behind each other different ones."),
                    flag(
                            "fail_closed",
                            true,
                            "Whether what cannot be decided is left out: no trace id, a tracestate that contradicts itself."),
                    whole("sampling_precision", 1, 14, 4, "Hexadecimal digits of the threshold that is noted."),
                    choice(
                            "attribute_source",
                            List.of("traceID", "record"),
                            "traceID",
                            "For log records: whether the trace's id decides, or always from_attribute."),
                    text(
                            "from_attribute",
                            "For log records in mode hash_seed: the attribute that decides where the trace's id does not."),
                    text(
                            "sampling_priority",
                            "For log records: an attribute with a percentage that outweighs a smaller sampling_percentage; 0 "
                                    + "leaves the record out.")),
            ProbabilisticSampler::check);

    private ProbabilisticSampler() {}

    private static void check(Settings settings, RuleReport report) {
        if (settings.isKnown("sampling_percentage")) {
            double percentage = settings.decimal("sampling_percentage");
            if (percentage > 0 && percentage < SMALLEST) {
                report.error("sampling_percentage", percentage + " (expected: 0, or at least " + SMALLEST + ")");
            }
        }
        if (!settings.isKnown("mode") || !settings.isKnown("attribute_source")) {
            return;
        }
        boolean hashes = settings.string("mode").equals("hash_seed");
        if (!hashes && settings.has("from_attribute")) {
            report.warning("from_attribute", "has no effect in mode " + settings.string("mode"));
        }
        if (hashes && settings.string("attribute_source").equals("record") && !settings.has("from_attribute")) {
            report.warning("attribute_source", "record without from_attribute: no record has anything to decide by");
        }
    }
}

package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;

/** The keys of the batch processor. */
final class Batch {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "batch",
            Stability.STABLE,
            EnumSet.allOf(Signal.class),
            "Merges requests to larger ones; profiles pass unchanged. Producers are answered when the merged request is safe.",
            keys(
                    duration("timeout", "0s", "200ms", "Longest time a request waits for others; 0 merges nothing."),
                    SharedKeys.many(
                            "send_batch_size",
                            8192,
                            "Records after which a batch goes on at once; 0 waits for the timeout."),
                    SharedKeys.many(
                            "send_batch_max_size",
                            0,
                            "Most records in a batch, larger requests are cut; 0 has no limit."),
                    texts(
                            "metadata_keys",
                            "Client headers that tell batches apart, so that exporters can pass them on; needs include_metadata."),
                    SharedKeys.many(
                            "metadata_cardinality_limit",
                            1000,
                            "Combinations of metadata_keys' values at a time; 0 has no limit.")),
            Batch::check);

    private Batch() {}

    private static void check(Settings settings, RuleReport report) {
        if (!settings.isKnown("send_batch_size") || !settings.isKnown("send_batch_max_size")) {
            return;
        }
        long size = settings.integer("send_batch_size");
        long max = settings.integer("send_batch_max_size");
        if (max != 0 && max < size) {
            report.error(
                    "send_batch_max_size", max + " (expected: 0, or at least send_batch_size, which is " + size + ")");
        }
    }
}

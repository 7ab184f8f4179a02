package io.lightvessel.pipeline.processor;

import io.lightvessel.pipeline.ComponentMetrics;
import java.util.Map;

/** Counts batches under the Collector's names. */
final class BatchSizes {

    private final ComponentMetrics.Histogram sizes;
    private final ComponentMetrics.Counter timeouts;

    BatchSizes(ComponentMetrics metrics) {
        this.sizes = metrics.histogram(
                "otelcol_processor_batch_batch_send_size",
                "Number of units in the batch.",
                Map.of(),
                10,
                25,
                50,
                75,
                100,
                250,
                500,
                750,
                1000,
                2000,
                3000,
                4000,
                5000,
                6000,
                7000,
                8000,
                9000,
                10_000,
                20_000,
                30_000,
                50_000,
                100_000);
        this.timeouts = metrics.counter(
                "otelcol_processor_batch_timeout_trigger_send",
                "Number of times the batch was sent due to a timeout trigger.",
                Map.of());
    }

    void sent(long records) {
        sizes.observe(records);
    }

    void sentOnTimeout() {
        timeouts.add(1);
    }
}

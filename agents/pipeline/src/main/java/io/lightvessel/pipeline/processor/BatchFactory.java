package io.lightvessel.pipeline.processor;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.ProcessorFactory;
import java.util.List;

/** Makes processors that merge requests. */
final class BatchFactory implements ProcessorFactory {

    @Override
    public String type() {
        return "batch";
    }

    @Override
    public Prepared<Processor> prepare(ProcessorContext context, Settings settings) {
        BatchLimits limits =
                new BatchLimits(settings.duration("timeout"), (int) settings.integer("send_batch_size"), (int)
                        settings.integer("send_batch_max_size"));
        List<String> keys = settings.strings("metadata_keys");
        if (context.signal() == Signal.PROFILES) {
            // A profiles request has a dictionary that its profiles point into, so it is neither merged nor cut.
            return Prepared.ready(
                    new Passing((payload, result) -> context.next().accept(payload, result)));
        }
        return Prepared.ready(
                keys.isEmpty()
                        ? new BatchProcessor(context, limits)
                        : new KeyedBatchProcessor(
                                context, limits, keys, (int) settings.integer("metadata_cardinality_limit")));
    }
}

package io.lightvessel.pipeline.processor;

import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.Result;
import java.time.Duration;
import java.util.Set;

/**
 * Merges requests to larger ones. Producers are answered when the merged request is safe, not before, so that nothing is
 * lost with a batch that was still being made. Payloads of other forms than OTLP are never merged; they go straight on.
 */
final class BatchProcessor implements Processor {

    private final Batcher batcher;

    BatchProcessor(ProcessorContext context, BatchLimits limits) {
        this.batcher = new Batcher(context, limits, new BatchSizes(context.metrics()), null);
    }

    @Override
    public Set<PayloadForm> forms() {
        return PayloadForm.ALL;
    }

    @Override
    public void accept(Payload payload, Result result) {
        batcher.accept(payload, result);
    }

    @Override
    public Count held() {
        return batcher.held();
    }

    @Override
    public void stop(Duration grace) {
        batcher.stop(grace);
    }
}

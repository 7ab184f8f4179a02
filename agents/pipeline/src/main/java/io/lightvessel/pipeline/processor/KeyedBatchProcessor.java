package io.lightvessel.pipeline.processor;

import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges only requests whose clients sent the same values of some headers, so that exporters can pass these on. The
 * combinations are limited, since clients choose them; those with nothing in them make room for others.
 */
final class KeyedBatchProcessor implements Processor {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ProcessorContext context;
    private final BatchLimits limits;
    private final BatchSizes sizes;
    private final List<String> keys;
    private final int mostCombinations;
    private final Map<Metadata, Batcher> batchers = new HashMap<>();
    private boolean stopped;

    /** @param mostCombinations of values at a time; 0 has no limit */
    KeyedBatchProcessor(ProcessorContext context, BatchLimits limits, List<String> keys, int mostCombinations) {
        this.context = context;
        this.limits = limits;
        this.sizes = new BatchSizes(context.metrics());
        this.keys = List.copyOf(keys);
        this.mostCombinations = mostCombinations;
    }

    @Override
    public Set<PayloadForm> forms() {
        return PayloadForm.ALL;
    }

    @Override
    public void accept(Payload payload, Result result) {
        Metadata metadata = payload.metadata().only(keys);
        boolean refused;
        synchronized (this) {
            Batcher batcher = batcherFor(metadata);
            refused = batcher == null;
            if (batcher != null) {
                // Inside the lock, so that a batcher is never given up between being found and being used.
                batcher.accept(payload, result);
            }
        }
        if (refused) {
            context.refuse(
                    payload,
                    result,
                    Refusal.retryable(
                            DropReason.QUEUE_FULL,
                            context.id() + ": more than " + mostCombinations
                                    + " combinations of metadata at a time (metadata_cardinality_limit)",
                            RETRY_AFTER));
        }
    }

    private @Nullable Batcher batcherFor(Metadata metadata) {
        Batcher known = batchers.get(metadata);
        if (known != null) {
            return known;
        }
        if (mostCombinations > 0 && batchers.size() >= mostCombinations) {
            batchers.values().removeIf(Batcher::isIdle);
            if (batchers.size() >= mostCombinations) {
                return null;
            }
        }
        Batcher batcher = new Batcher(context, limits, sizes, metadata);
        if (stopped) {
            batcher.stop(Duration.ZERO);
        }
        batchers.put(metadata, batcher);
        return batcher;
    }

    @Override
    public synchronized Count held() {
        Count held = Count.ZERO;
        for (Batcher batcher : batchers.values()) {
            held = held.plus(batcher.held());
        }
        return held;
    }

    @Override
    public void stop(Duration grace) {
        List<Batcher> last;
        synchronized (this) {
            stopped = true;
            last = new ArrayList<>(batchers.values());
        }
        last.forEach(batcher -> batcher.stop(grace));
    }
}

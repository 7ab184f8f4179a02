package io.lightvessel.pipeline.processor;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.MemoryLimits;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.ProcessorFactory;
import io.lightvessel.pipeline.Refusal;
import java.time.Duration;

/**
 * Makes processors that refuse telemetry while the agent holds more bytes of it than their soft limit, from those clients
 * that hold more than their share of it.
 */
final class MemoryLimiterFactory implements ProcessorFactory {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    @Override
    public String type() {
        return MemoryLimits.COMPONENT_TYPE;
    }

    @Override
    public Prepared<Processor> prepare(ProcessorContext context, Settings settings) {
        MemoryLimits limits = MemoryLimits.of(settings);
        return Prepared.ready(new Passing((payload, result) -> {
            long used = context.budget().used();
            // Or else one client that fills the agent would lock out all others.
            if (used > limits.soft() && !payload.isWithinShareOf(limits.soft())) {
                context.refuse(
                        payload,
                        result,
                        Refusal.retryable(
                                DropReason.MEMORY_LIMIT,
                                context.id() + ": " + used + " bytes of telemetry are in the agent (limit: "
                                        + limits.soft() + ")",
                                RETRY_AFTER));
            } else {
                context.next().accept(payload, result);
            }
        }));
    }
}

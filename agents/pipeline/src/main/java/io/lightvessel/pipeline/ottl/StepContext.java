package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineId;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.Consumer;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.HealthReporter;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import io.lightvessel.pipeline.Timer;

/**
 * The processor's context for one of its walks.
 *
 * @param next the next walk, or what is behind the processor
 * @param filtered counts what is dropped
 */
record StepContext(ProcessorContext context, Consumer next, ComponentMetrics.Counter filtered)
        implements ProcessorContext {

    @Override
    public void dropped(DropReason reason, Count left) {
        filtered.add(left.records());
        context.dropped(reason, left);
    }

    @Override
    public void refuse(Payload payload, Result result, Refusal refusal) {
        context.refuse(payload, result, refusal);
    }

    @Override
    public PipelineId pipeline() {
        return context.pipeline();
    }

    @Override
    public ByteBudget budget() {
        return context.budget();
    }

    @Override
    public ComponentId id() {
        return context.id();
    }

    @Override
    public Timer timer() {
        return context.timer();
    }

    @Override
    public HealthReporter health() {
        return context.health();
    }

    @Override
    public ComponentMetrics metrics() {
        return context.metrics();
    }

    @Override
    public <T extends Extension> T extension(ComponentId id, Class<T> capability) throws ComponentFailure {
        return context.extension(id, capability);
    }
}

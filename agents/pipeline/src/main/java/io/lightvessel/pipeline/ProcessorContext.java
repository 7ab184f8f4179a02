package io.lightvessel.pipeline;

import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;

/** What a processor gets from the engine. */
public interface ProcessorContext extends ComponentContext {

    PipelineId pipeline();

    default Signal signal() {
        return pipeline().signal();
    }

    /** The next step of the pipeline. */
    Consumer next();

    /** The agent-wide limit, for processors that guard memory. */
    ByteBudget budget();

    /** Refuses a payload on the processor's own account: counts it, releases it, completes the result. */
    void refuse(Payload payload, Result result, Refusal refusal);

    /**
     * Counts what a processor leaves out of a payload it passes on.
     *
     * @param left records left out, and their share of {@link Payload#receivedBytes}
     */
    void dropped(DropReason reason, Count left);
}

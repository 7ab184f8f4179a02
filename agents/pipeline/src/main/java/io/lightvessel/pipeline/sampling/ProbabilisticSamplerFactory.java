package io.lightvessel.pipeline.sampling;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.ProcessorFactory;
import io.lightvessel.pipeline.rewrite.RequestVisitor;
import io.lightvessel.pipeline.rewrite.RewritingProcessor;
import java.util.Set;
import java.util.function.Supplier;

/** Makes processors that pass on a share of spans or log records. */
public final class ProbabilisticSamplerFactory implements ProcessorFactory {

    @Override
    public String type() {
        return "probabilistic_sampler";
    }

    @Override
    public Prepared<Processor> prepare(ProcessorContext context, Settings settings) {
        Sampling sampling = Sampling.of(settings, context.signal());
        Supplier<RequestVisitor> sampler = context.signal() == Signal.TRACES
                ? () -> new SpanSampler(sampling, tally(context, sampling, "traces", "spans"))
                : () -> new LogSampler(sampling, tally(context, sampling, "logs", "logs"));
        return Prepared.ready(new RewritingProcessor(context, Set.of(), DropReason.SAMPLED, sampler));
    }

    private static Tally tally(ProcessorContext context, Sampling sampling, String name, String what) {
        return new Tally(
                context.metrics(),
                "otelcol_processor_probabilistic_sampler_count_" + name + "_sampled",
                "Count of " + what + " that were sampled or not",
                sampling.fromAttribute());
    }
}

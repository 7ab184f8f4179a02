package io.lightvessel.pipeline.processor;

import io.lightvessel.pipeline.ProcessorFactory;
import io.lightvessel.pipeline.attributes.AttributesFactory;
import io.lightvessel.pipeline.ottl.FilterFactory;
import io.lightvessel.pipeline.ottl.TransformFactory;
import io.lightvessel.pipeline.sampling.ProbabilisticSamplerFactory;
import java.util.List;

/** Lists the processors that come with the engine. */
public final class BuiltInProcessors {

    private BuiltInProcessors() {}

    public static List<ProcessorFactory> all() {
        return List.of(
                new AttributesFactory(),
                new BatchFactory(),
                new FilterFactory(),
                new MemoryLimiterFactory(),
                new ProbabilisticSamplerFactory(),
                new ResourceFactory(),
                new TransformFactory());
    }
}
